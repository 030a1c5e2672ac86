"""Messages at the desk: the inbox, and everything that was sent or not."""
