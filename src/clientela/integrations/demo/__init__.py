"""The demo's businesses, one file each; written by ``python -m tools.make_demo write``."""
