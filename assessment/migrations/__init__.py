"""How the tables of cycles and answers came to be."""
