"""The support's chat: what a person opens by "Write to us"."""
