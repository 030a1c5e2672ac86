"""Who moves money online: one port, one file per provider, and the registry that finds them."""
