"""Template tags of the installable room."""
