"""How the demo's businesses are made: seeds written by hand, and a plot that fills them with life."""
