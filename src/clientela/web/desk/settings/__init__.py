"""The settings of a business, at the desk."""
