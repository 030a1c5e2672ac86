"""Accounts elsewhere with which people may sign in: Google, Facebook, and one that the operator names."""
