"""How a person gets in: second factor, passkeys, other providers, sessions."""
