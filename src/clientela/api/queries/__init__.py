"""What the API reads: what is published, and whose token a request carries."""
