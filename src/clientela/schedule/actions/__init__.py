"""What schedule/ does: one action in a file."""
