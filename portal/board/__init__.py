"""How customers fare with us: figures kept day by day, what stands out in them, and reports of a month."""
