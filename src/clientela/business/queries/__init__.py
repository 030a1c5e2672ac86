"""What business/ answers: one question in a file."""
