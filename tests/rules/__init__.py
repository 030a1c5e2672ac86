"""Tests of the trade's rules: no database, no clock."""
