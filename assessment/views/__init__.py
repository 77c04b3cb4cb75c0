"""Pages of the yearly assessment, one module per screen group."""
