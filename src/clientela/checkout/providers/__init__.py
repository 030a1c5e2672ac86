"""Who moves money online: one file per provider behind one port."""
