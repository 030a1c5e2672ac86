"""Actions of support, one file each."""
