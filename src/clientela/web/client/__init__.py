"""The client's own pages: home, appointments, activation, profile, addresses, messages."""
