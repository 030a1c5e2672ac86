"""A business as a file."""
