"""Forget what is known of the addresses of a person who leaves."""

from __future__ import annotations

from datetime import datetime

from clientela.notify.models import AddressState, Recipient, SimulatedText
from clientela.notify.queries.messages_told import about_client
from clientela.people.models import Client, Identifier


def forget_address_states(*, card: Client, now: datetime) -> None:  # noqa: ARG001 -- every eraser is told when
    """Delete the states of the card's addresses, with their evidence, unless they stand on another card too.

    Also of those that only its messages knew. Nobody can be written to at an address that is kept nowhere; who
    gives it again allows messages anew, and a gateway that was told STOP refuses by itself. The simulator forgets the phone.
    """
    own = Identifier.objects.filter(client=card).values_list("value", flat=True)
    to_client = about_client(card).filter(recipient=Recipient.CLIENT)
    written = to_client.exclude(address="").values_list("address", flat=True).distinct()
    addresses = {*own, *written}
    shared = Identifier.objects.filter(
        business=card.business_id, value__in=addresses, client__erased_at__isnull=True
    ).exclude(client=card)
    addresses -= set(shared.values_list("value", flat=True))
    AddressState.objects.filter(business=card.business_id, address__in=addresses).delete()
    SimulatedText.objects.filter(number__in=addresses).delete()
