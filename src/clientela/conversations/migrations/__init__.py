"""Changes of the tables, named and reversible."""
