"""Group sessions on the desk: who sits in one, a new one, and calling one off."""
