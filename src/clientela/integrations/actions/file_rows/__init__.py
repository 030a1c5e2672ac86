"""Writing the rows of a checked file, one module per part; only ``import_business`` calls them.

Rows are inserted as the file says them, not through each storey's everyday actions: an import
carries what happened elsewhere (ids, times of booking, states), and must neither announce it nor date it today.
"""
