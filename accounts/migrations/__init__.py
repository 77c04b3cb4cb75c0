"""How the tables of people and places came to be."""
