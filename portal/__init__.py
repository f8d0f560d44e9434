"""The customer portal: pages, tickets, notices and everything they need."""
