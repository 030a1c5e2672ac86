"""What can be asked about messages."""
