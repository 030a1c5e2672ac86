"""Texts, by the gateway each business has an account with."""
