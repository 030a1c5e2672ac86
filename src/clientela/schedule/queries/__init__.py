"""What schedule/ answers: one question in a file."""
