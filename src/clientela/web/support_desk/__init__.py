"""The support's desk."""
