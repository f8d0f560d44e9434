"""What is known about a person: taking it along, and erasing it."""
