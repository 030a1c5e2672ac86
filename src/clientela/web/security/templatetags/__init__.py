"""Template tags of the security room."""
