"""What booking/ answers: one question in a file."""
