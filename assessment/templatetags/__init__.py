"""Tags of the yearly assessment."""
