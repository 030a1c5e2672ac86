"""Answer a text as the person with the telephone would: it takes the way that a real gateway's news takes."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from clientela.notify.actions.receive_text import receive_text
from clientela.notify.models import GatewayName, SimulatedText, TextGateway
from clientela.notify.queries.text_gateways import is_usable
from clientela.notify.safe_text import one_line
from clientela.platform.tenancy import system_scope

LONGEST: Final = 1600


def answer_simulated_text(
    *, number: str, sender: str, body: str, now: datetime
) -> SimulatedText | None:
    """Let ``number`` text ``sender``; every business that sends from it by the simulator hears of it.

    None where nobody does, where the words are empty, and outside a demo or a test. A name cannot be answered, by
    the telephones themselves: they find no open gateway here either.
    """
    words = one_line(body, longest=LONGEST)
    with system_scope("a simulated telephone knows no businesses"):
        gateways = [
            one
            for one in TextGateway.objects.select_related("business").filter(
                gateway=GatewayName.SIMULATOR, sender=sender, ended_at__isnull=True
            )
            if is_usable(one)
        ]
        if not words or not gateways:
            return None
        row = SimulatedText.objects.create(
            number=number, sender=sender, body=words, is_inbound=True, at=now
        )
        for gateway in gateways:
            receive_text(gateway=gateway, number=number, body=words, key=f"sim-{row.pk}", now=now)
    return row
