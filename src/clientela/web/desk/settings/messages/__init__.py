"""Messages, as an owner sets them: the plan, the words, the quiet hours, and by whom texts leave."""
