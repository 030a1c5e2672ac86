"""What one person wants to hear who said it on two cards."""

from __future__ import annotations

from typing import Final

from clientela.people.models import Client, Consent, NotifyBy, Purpose

RANK: Final = {NotifyBy.NONE: 0, NotifyBy.EMAIL: 1, NotifyBy.EMAIL_AND_SMS: 2}
"""How much each choice allows."""


def common_wishes(*, card: Client, into: Client) -> dict[str, object]:
    """Return what changes on ``into`` when ``card`` becomes part of it: the lesser of the two counts. One query.

    Only what a person said counts: a card that was never asked stops nothing. The statements themselves stay where
    they were made (``notify/queries/circumstances.py`` reads both), so that parting needs to undo none.
    """
    said = set(Consent.objects.filter(client=card).values_list("purpose", flat=True))
    less = RANK[NotifyBy(card.notify_by)] < RANK[NotifyBy(into.notify_by)]
    changes: dict[str, object] = {}
    if Purpose.APPOINTMENTS in said and less:
        changes["notify_by"] = card.notify_by
    if Purpose.FOLLOW_UP in said and into.wants_follow_up and not card.wants_follow_up:
        changes["wants_follow_up"] = False
    return changes
