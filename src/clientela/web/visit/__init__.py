"""One appointment as its client reads it, and the acts upon it: the same for a link's holder and for who is signed in."""
