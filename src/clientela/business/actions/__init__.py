"""What business/ does: one action in a file."""
