"""Why a message did not arrive, drawn for two doors: the desk and the client's own pages."""
