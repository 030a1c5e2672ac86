"""The desk's reports: drawn, and as CSV."""
