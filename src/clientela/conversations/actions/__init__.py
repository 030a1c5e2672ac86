"""What changes a conversation: one verb a file."""
