"""The setup door."""
