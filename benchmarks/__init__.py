"""What pages cost, beside the cheapest and the plainest page of the same bytes."""
