"""Notices on a person's devices: encrypted for each browser, handed to its push service or to the simulator."""
