"""Actions of the accounts storey, one file each."""
