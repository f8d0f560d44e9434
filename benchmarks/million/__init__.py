"""Pages among 1,000 and among 1,000,000 tickets: what they ask, what the database touches, how long it takes."""
