"""How many messages came back lately: what carriers judge a sender by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from clientela.notify.models import Message, Reason

CAME_BACK: Final = (Reason.BOUNCED_HARD, Reason.CARRIER_FILTERED)
_TAKEN: Final = (Reason.HANDED_OVER, Reason.DELIVERED, Reason.BOUNCED_SOFT, *CAME_BACK)


@dataclass(frozen=True, slots=True)
class Returns:
    """Of what a channel's carriers took since some moment: how many there were, and how many came back."""

    channel: str
    taken: int
    came_back: int

    @property
    def per_cent(self) -> int:
        """The share that came back, rounded."""
        return round(100 * self.came_back / self.taken) if self.taken else 0


def returns(*, since: datetime) -> list[Returns]:
    """Return what came back of what was made since then, of the channels where anything did; two queries at most.

    The whole is only counted where something came back, which an index finds. What was not tried, as its address
    had failed before, did not come back again.
    """
    made = Message.objects.filter(created_at__gte=since, tries__gt=0)
    back = made.filter(reason__in=CAME_BACK).values_list("channel", flat=True)
    channels = set(back)
    if not channels:
        return []
    rows = (
        made.filter(reason__in=_TAKEN, channel__in=channels)
        .values("channel")
        .annotate(taken=Count("pk"), back=Count("pk", filter=Q(reason__in=CAME_BACK)))
    )
    return [Returns(row["channel"], row["taken"], row["back"]) for row in rows.order_by("channel")]
