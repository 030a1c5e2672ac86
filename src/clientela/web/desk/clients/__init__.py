"""Clients on the desk: the list, a card, and new cards."""
