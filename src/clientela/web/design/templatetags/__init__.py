"""What templates load as `design`."""
