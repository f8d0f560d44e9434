"""What pages are made of: who may come in, page frames, forms, htmx."""
