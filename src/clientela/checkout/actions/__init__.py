"""The verbs of this storey, one file each."""
