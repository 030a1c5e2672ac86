"""The database as such: references that lead somewhere, rows of one tenant, a sound file."""

from __future__ import annotations

from collections.abc import Iterator

from clientela.auditor.breach import Question

TENANT = "business_id"


def tenants(question: Question) -> Iterator[str]:
    """Yield each row that points at a row of another business; every foreign key is looked at."""
    source = question.source
    owned = {table for table in source.tables() if TENANT in source.columns(table)}
    for link in source.references():
        if link.table not in owned or link.parent not in owned or link.column == TENANT:
            continue
        sql = (
            f"SELECT c.{link.column}, COUNT(*) FROM {link.table} c JOIN {link.parent} p "
            f"ON p.{link.parent_column} = c.{link.column} "
            f"WHERE c.{TENANT} <> p.{TENANT} GROUP BY c.{link.column}"
        )
        for parent, count in source.rows(sql):
            yield f"{count} rows of {link.table} point at {link.parent} {parent} of another business"


def references(question: Question) -> Iterator[str]:
    """Yield each foreign key whose rows point at nothing."""
    source = question.source
    for link in source.references():
        sql = (
            f"SELECT COUNT(*) FROM {link.table} c LEFT JOIN {link.parent} p "
            f"ON p.{link.parent_column} = c.{link.column} "
            f"WHERE c.{link.column} IS NOT NULL AND p.{link.parent_column} IS NULL"
        )
        for (count,) in source.rows(sql):
            if count:
                yield f"{count} rows of {link.table} point at a {link.parent} that is not there ({link.column})"


def soundness(question: Question) -> Iterator[str]:
    """Yield what the database says of its own storage: SQLite's integrity check, PostgreSQL's unvalidated constraints and invalid indexes."""
    source = question.source
    if source.engine == "sqlite":
        for (word,) in source.rows("PRAGMA integrity_check"):
            if word != "ok":
                yield f"the database file is damaged: {word}"
        return
    for (name,) in source.rows(
        "SELECT conname FROM pg_constraint WHERE NOT convalidated "
        "AND connamespace = current_schema()::regnamespace"
    ):
        yield f"constraint {name} was never validated"
    for (name,) in source.rows(
        "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"
    ):
        yield f"index {name} is not valid"
