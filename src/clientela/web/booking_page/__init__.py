"""The booking page door."""
