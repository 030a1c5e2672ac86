"""Commands of the ground floor, run through `clientela manage`."""
