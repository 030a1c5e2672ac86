"""Choosing a time: the day strip, the month, the free starts, and why a time is not among them."""
