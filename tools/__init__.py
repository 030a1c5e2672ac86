"""The repository's own instruments: what `make` runs, and the lints no shop sells."""
