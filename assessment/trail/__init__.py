"""How the changes of a year read as sentences."""
