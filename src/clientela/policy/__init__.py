"""Who may go where: the declared policy table and the gate that reads it."""
