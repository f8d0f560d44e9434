"""Messages to deliver and jobs to do, written in the transaction that causes them."""
