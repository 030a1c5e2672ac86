"""Queries of support, one file each."""
