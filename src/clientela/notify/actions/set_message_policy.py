"""Set what holds for all messages of a business: its quiet hours, and when few sessions are few."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.business.errors import ValueRefused
from clientela.business.models import Business
from clientela.notify.models import MessagePolicy
from clientela.platform.actor import Actor
from clientela.platform.audit import note

DAY_MINUTES: Final = 1440
STEP_MINUTES: Final = 5
MOST_LEFT: Final = 20


def set_message_policy(
    *,
    business: Business,
    quiet_from_minute: int | None,
    quiet_until_minute: int | None,
    balance_low_at: int,
    by: Actor,
    now: datetime,
) -> MessagePolicy:
    """Set the quiet hours, minutes of the reader's day in steps of five (both or neither), and ``balance_low_at``, 0 to 20 sessions.

    They hold at once, for what waits already as well: quiet hours are read when a message is due. Refuses
    ``ValueRefused`` with the field.
    """
    _check_hours(quiet_from_minute, quiet_until_minute)
    if not 0 <= balance_low_at <= MOST_LEFT:
        raise ValueRefused(field="balance_low_at", least=0, most=MOST_LEFT)
    wanted = {
        "quiet_from_minute": quiet_from_minute,
        "quiet_until_minute": quiet_until_minute,
        "balance_low_at": balance_low_at,
    }
    with transaction.atomic():
        policy, _made = MessagePolicy.objects.select_for_update().get_or_create(business=business)
        altered = sorted(name for name, value in wanted.items() if getattr(policy, name) != value)
        if altered:
            for name in altered:
                setattr(policy, name, wanted[name])
            policy.save(update_fields=altered)
            note(
                action="message-policy-set",
                subject=policy,
                by=by,
                now=now,
                details={name: wanted[name] for name in altered},
            )
    return policy


def _check_hours(first: int | None, last: int | None) -> None:
    if (first is None) != (last is None):
        raise ValueRefused(field="quiet_from_minute" if first is None else "quiet_until_minute")
    for field, minute in (("quiet_from_minute", first), ("quiet_until_minute", last)):
        if minute is None:
            continue
        if not 0 <= minute < DAY_MINUTES or minute % STEP_MINUTES:
            raise ValueRefused("minutes-by-five", field=field)
    if first is not None and first == last:
        raise ValueRefused("quiet-never-ends", field="quiet_until_minute")
