"""What people/ answers: one question in a file."""
