"""The waiting list in words and forms, for every door: parts of a day, the days asked for, what a person waits for."""
