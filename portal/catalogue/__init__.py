"""Products, their modules and fault types, and releases."""
