"""Cards without a log-in that stand at somebody's proved addresses."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from clientela.people.models import (
    CardAnswer,
    Client,
    Identifier,
    IdentifierKind,
    MergeRow,
    Proof,
    Verdict,
)
from clientela.people.queries.living_cards import living_cards


def waiting_at(*, emails: Collection[str], account_id: UUID) -> QuerySet[Client]:
    """Return living cards without an account at any of the addresses, oldest first.

    Cards that the person disowned before are left out; and an address that staff brought to a card by absorbing one
    with a log-in gives nobody that card: whoever reads that mailbox was told, and may be somebody else. In a
    business's scope, or the system's.
    """
    at = Identifier.objects.filter(kind=IdentifierKind.EMAIL, value__in=emails)
    brought = MergeRow.objects.filter(
        of_table=Identifier._meta.db_table,
        row_id=OuterRef("pk"),
        merge__undone_at__isnull=True,
        merge__proof=Proof.STAFF,
        merge__absorbed_account_id__isnull=False,
    )
    at = at.filter(~Exists(brought))
    disowned = CardAnswer.objects.filter(account_id=account_id, verdict=Verdict.NOT_MINE)
    return (
        living_cards()
        .filter(account__isnull=True, pk__in=at.values("client"))
        .exclude(pk__in=disowned.values("client"))
        .order_by("created_at", "id")
    )
