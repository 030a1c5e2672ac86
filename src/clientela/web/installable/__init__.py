"""What makes the pages install to a home screen and open offline."""
