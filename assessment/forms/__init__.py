"""The forms of the yearly assessment, one module per screen group."""
