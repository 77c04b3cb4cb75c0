"""Commands of the yearly assessment."""
