"""What catalogue/ answers: one question in a file."""
