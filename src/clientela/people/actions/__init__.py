"""What people/ does: one action in a file."""
