"""New and returning clients explained at the desk, and what professionals are owed for them."""
