"""What must hold in a file as a whole; every check notes all it finds."""
