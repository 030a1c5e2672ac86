"""Reading the rows of a business as entries of its file, one module per part."""
