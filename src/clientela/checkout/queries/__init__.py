"""The nouns that read."""
