"""The API's operations, grouped by what they are about."""
