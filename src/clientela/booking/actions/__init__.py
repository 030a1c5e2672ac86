"""What booking/ does: one action in a file."""
