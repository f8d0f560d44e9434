"""Articles: what helps with a fault of a module, step by step, checked by two people and looked over again in time."""
