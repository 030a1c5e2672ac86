"""The sign in door."""
