"""Tests of the pages: one happy path and one refusal each, and what must never be shown."""
