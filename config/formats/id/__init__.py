"""Indonesian formats of the house."""
