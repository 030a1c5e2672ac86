"""One card takes up another at the desk: seen beforehand, confirmed, and undone."""
