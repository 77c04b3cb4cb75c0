"""Printers of the dossier; they receive the frozen object and nothing else."""
