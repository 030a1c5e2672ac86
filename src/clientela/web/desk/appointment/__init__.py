"""One appointment on the desk: what it is, what may be done with it, and what happened to it."""
