"""The calendar: a day by professional and room, a week, a list, and what waits to be settled."""
