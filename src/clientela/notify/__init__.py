"""Who is told what, and why or why not."""
