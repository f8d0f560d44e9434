"""How the portal is set up: organisations, people, the catalogue, lists that are taken in, and who changed what."""
