"""The tenant: who it is, where, by which policies, with whom and with what."""
