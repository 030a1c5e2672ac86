"""The help: articles that answer what people ask, and whether they did."""
