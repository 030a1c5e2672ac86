"""A human's log-in, global to the installation."""
