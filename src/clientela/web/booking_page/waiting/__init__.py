"""Asking on the booking page to be told when a time frees up, and what is seen by the link of that wish."""
