"""The file of a business, as text."""

from __future__ import annotations

from django.db import connection, transaction

from clientela.integrations.business_file.writing import canonical_text
from clientela.integrations.queries.business_document import business_document
from clientela.platform.database import is_postgresql


def export_text(*, slug: str) -> str:
    """Return the canonical file of a business as it is at one moment; ``BusinessUnknown`` if there is none."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and is_postgresql(connection):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        document = business_document(slug=slug)
    # Writers wait for the reading only, not for the writing out.
    return canonical_text(document)
