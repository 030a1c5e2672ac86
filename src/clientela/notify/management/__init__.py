"""Commands about messages, run through `clientela manage`."""
