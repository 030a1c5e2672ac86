"""What changes the API's own rows: its tokens."""
