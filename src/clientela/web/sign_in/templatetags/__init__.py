"""What templates load as `sign_in`."""
