"""Changes: taking notices in from CSAF, and the secret addresses of feeds."""
