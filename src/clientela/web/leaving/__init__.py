"""Taking one's data along, and ending an account."""
