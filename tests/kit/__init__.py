"""The test kit: a throw-away PostgreSQL, a browser, the shipped server as a process."""
