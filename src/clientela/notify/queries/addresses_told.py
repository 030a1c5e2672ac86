"""What is known of a client's own addresses, in plain values, for them to take along."""

from __future__ import annotations

from clientela.notify.models import AddressState
from clientela.people.models import Client, Identifier


def addresses_told(*, card: Client) -> list[dict[str, object]]:
    """Return each of the card's addresses that may not be written to, or once might not, with every change of that."""
    own = Identifier.objects.filter(client=card).values_list("value", flat=True)
    states = AddressState.objects.filter(business=card.business_id, address__in=list(own))
    return [
        {
            "address": state.address,
            "by": state.channel,
            "may_be_written_to": not state.trouble,
            "changes": [
                {
                    "to": event.trouble or "open",
                    "because": event.because,
                    "at": event.at.isoformat(),
                }
                for event in state.events.all()
            ],
        }
        for state in states.order_by("channel", "address").prefetch_related("events")
    ]
