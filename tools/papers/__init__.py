"""The pages of docs/reference that are printed from the program, so that they cannot be wrong."""
