"""What can be asked about conversations."""
