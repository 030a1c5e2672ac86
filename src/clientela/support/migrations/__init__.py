"""Migrations of support."""
