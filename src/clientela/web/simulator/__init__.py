"""The simulator door."""
