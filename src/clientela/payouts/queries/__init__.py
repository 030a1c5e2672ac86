"""What was earned, and what was settled."""
