"""Teams with their members and skills, who is on duty, and the rule that says who takes a ticket."""
