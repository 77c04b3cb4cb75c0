"""Questions that pages and verbs both ask of a year."""
