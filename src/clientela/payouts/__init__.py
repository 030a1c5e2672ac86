"""What each professional has earned: commission rules, statements that are closed for good, and what corrects them."""
