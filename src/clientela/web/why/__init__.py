"""Why a message did not arrive, drawn for three doors: the desk, the client's own pages and the link of one appointment."""
