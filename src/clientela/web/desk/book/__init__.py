"""Booking for a client at the desk: who, what, when; once or every so many weeks."""
