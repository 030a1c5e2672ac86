"""Selling at the desk: the sale form, the sale, what is to settle."""
