"""The verbs of the yearly assessment."""
