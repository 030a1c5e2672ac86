"""Which messages a client wants, by what, and when not: kept with the evidence for each purpose."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.people.actions.record_consent import record_consent
from clientela.people.models import Client, Consent, How, NotifyBy, Purpose
from clientela.people.quiet_time import QuietTime
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope

_FIELDS = ("notify_by", "wants_follow_up", "quiet_from_minute", "quiet_until_minute")


def set_preferences(
    *,
    client: Client,
    notify_by: NotifyBy | str | None = None,
    wants_follow_up: bool | None = None,
    quiet: QuietTime | None = None,
    how: How | str,
    by: Actor,
    now: datetime,
) -> Client:
    """Keep what was said, and a consent for each purpose it changes; what is ``None`` stays as it is.

    ``notify_by`` counts for both purposes: who turns messages off gets no word after the visit either. Saying
    the same again, as a mail program does with a stop link, adds nothing. Not the activation: a card that waits
    for its person goes on waiting. Refuses ``QuietTimeInvalid``; a word that is no choice is a ``ValueError``.
    """
    choice = None if notify_by is None else NotifyBy(notify_by)
    occasion = How(how)
    stretch = None if quiet is None else quiet.checked()
    with business_scope(client.business_id), transaction.atomic():
        standing = Client.objects.select_for_update(no_key=True).get(pk=client.pk)
        before = {name: getattr(standing, name) for name in _FIELDS}
        after = before | _said(choice=choice, wants_follow_up=wants_follow_up, stretch=stretch)
        for name, value in after.items():
            setattr(client, name, value)
        spoken = _statements(standing, after, said=choice is not None)
        if before == after and not spoken:
            return client
        client.save(update_fields=list(_FIELDS))
        for purpose, allowed in spoken.items():
            record_consent(
                client=client, purpose=purpose, notify_by=allowed, how=occasion, by=by, now=now
            )
        audit_note(
            action="messages-chosen",
            subject=client,
            by=by,
            now=now,
            reason=str(after["notify_by"]),
            details={"how": occasion.value, "follow_up": after["wants_follow_up"]},
        )
    return client


def _said(
    *, choice: NotifyBy | None, wants_follow_up: bool | None, stretch: QuietTime | None
) -> dict[str, object]:
    """Return the fields that were spoken of."""
    said: dict[str, object] = {}
    if choice is not None:
        said["notify_by"] = choice.value
    if wants_follow_up is not None:
        said["wants_follow_up"] = wants_follow_up
    if stretch is not None:
        said["quiet_from_minute"] = stretch.from_minute
        said["quiet_until_minute"] = stretch.until_minute
    return said


def _statements(card: Client, after: dict[str, object], *, said: bool) -> dict[Purpose, NotifyBy]:
    """Return the statements that differ from the newest of their purpose, or from what stood on the card.

    About appointments only who was asked says something (``said``). Who never wanted a word after the visit has
    nothing to take back.
    """
    newest = _newest(card)
    allowed = NotifyBy(str(after["notify_by"]))
    follow_up = allowed if after["wants_follow_up"] else NotifyBy.NONE
    spoken: dict[Purpose, NotifyBy] = {}
    if said and {newest.get(Purpose.APPOINTMENTS), card.notify_by} != {allowed}:
        spoken[Purpose.APPOINTMENTS] = allowed
    if newest.get(Purpose.FOLLOW_UP, NotifyBy.NONE) != follow_up:
        spoken[Purpose.FOLLOW_UP] = follow_up
    return spoken


def _newest(card: Client) -> dict[str, str]:
    """Return by what the newest statement of each purpose allows messages."""
    rows = Consent.objects.filter(client=card).order_by("at", "id")
    return dict(rows.values_list("purpose", "notify_by"))
