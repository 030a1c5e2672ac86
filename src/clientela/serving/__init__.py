"""Running an installation: what is made ready before the doors open, and who watches the processes."""
