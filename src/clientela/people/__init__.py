"""A business's client cards and how to reach them."""
