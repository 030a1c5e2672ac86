"""What catalogue/ does: one action in a file."""
