"""Why a message did not arrive: what is known, checked one thing after another."""
