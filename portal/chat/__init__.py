"""Chat groups: news of an organisation's tickets in the group it shares with support."""
