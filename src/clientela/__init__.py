"""Clientela: appointment booking in which one person is one client record."""
