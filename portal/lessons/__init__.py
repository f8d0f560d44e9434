"""What a solved ticket teaches: an article within two days, or the one that covers it already."""
