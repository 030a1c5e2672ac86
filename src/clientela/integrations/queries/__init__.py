"""What an export and an import read."""
