"""What customers can rely on: when we work, and which times we promise."""
