"""Indexes that make the search quick on PostgreSQL; SQLite's own index by text serves both purposes."""

from __future__ import annotations

from typing import Any

from django.db import Error, migrations, transaction

# In the order of the letters' numbers, which is the order the search walks in, whatever the database's collation.
ALPHABET = (
    'CREATE INDEX client_alphabet ON people_client (business_id, search_text COLLATE "C", id)'
)
ANY_PART = "CREATE INDEX client_any_part ON people_client USING gin (search_text gin_trgm_ops)"


def put_up(apps: Any, schema_editor: Any) -> None:
    """Build the indexes. Where the extension is not allowed, the search by a rare part of a name walks every card."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(ALPHABET)
        try:
            with transaction.atomic(using=schema_editor.connection.alias):
                cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except Error:
            return
        cursor.execute(ANY_PART)


def take_down(apps: Any, schema_editor: Any) -> None:
    """Drop them; the extension stays, others may use it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for name in ("client_any_part", "client_alphabet"):
            cursor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    """Only indexes, and only on PostgreSQL."""

    dependencies = [("people", "0002_persons_and_cards")]

    operations = [migrations.RunPython(put_up, take_down)]
