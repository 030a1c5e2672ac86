"""Whether texts can leave, and whether what becomes of them is heard: gateway by gateway."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from clientela.notify.channels.sms import twilio, vonage
from clientela.notify.models import GatewayName, Message, Reason, TextGateway
from clientela.notify.queries.text_gateways import is_usable
from clientela.notify.refused_pushes import refused_in_a_day
from clientela.platform.certificates import date_of
from clientela.platform.doctor import Finding, bad, check, ok, warn
from clientela.platform.outside import Silence, call
from clientela.platform.outside_checks import skew

NEWS_AFTER: Final = timedelta(hours=2)
"""By then a carrier has said something about a text, if it says anything."""
LATELY: Final = timedelta(days=2)
FEW: Final = 3
MOST_SHOWN: Final = 20
_API: Final = {GatewayName.TWILIO: twilio.API, GatewayName.VONAGE: vonage.API}


@check("text-gateways")
def gateways_are_heard(now: datetime) -> Iterator[Finding]:
    """Look at what each gateway last did: refused us, said nothing, or pushed what nobody had signed."""
    gateways = _gateways()
    found = [finding for gateway in gateways for finding in _of(gateway, now)]
    yield from found or [ok(_well(len(gateways)))]


@check("text-network", outside=True)
def gateways_are_reached(_now: datetime) -> Iterator[Finding]:
    """Ask each gateway's address for an answer, whatever it is; nothing is sent."""
    urls = {_url(one) for one in _gateways()} - {""}
    found = [finding for url in sorted(urls) for finding in _look(url)]
    yield from found or [
        ok("Every text gateway answers." if urls else "No text gateway has to be reached.")
    ]


def _gateways() -> list[TextGateway]:
    rows = TextGateway.objects.filter(ended_at__isnull=True).select_related("business")
    return [one for one in rows.order_by("created_at", "id")[:MOST_SHOWN] if is_usable(one)]


def _of(gateway: TextGateway, now: datetime) -> Iterator[Finding]:
    name = f"The text gateway of {gateway.business.slug}"
    page = f"{settings.PUBLIC_URL}/desk/{gateway.business.slug}/settings/texts/"
    if gateway.failure:
        yield bad(
            f"{name} takes no texts: {gateway.failure}.",
            f"Look at account, key and balance there, then at {page}.",
        )
    refused = refused_in_a_day(source=gateway.pk, now=now)
    if refused >= FEW:
        yield bad(
            f"{refused} pushes to {name.lower()} were refused within a day: their signature is wrong.",
            f"Enter the key that signs its webhooks at {page}, and the webhook addresses shown there at the gateway.",
        )
    elif silent := _without_news(gateway, now):
        yield warn(
            f"{name} has said nothing of {silent} texts that it took.",
            f"Enter the webhook addresses shown at {page} at the gateway.",
        )


def _without_news(gateway: TextGateway, now: datetime) -> int:
    """Count what it took lately and should have said something about, if it was not heard since."""
    if gateway.gateway == GatewayName.SIMULATOR:
        return 0
    taken = Message.objects.filter(
        business=gateway.business_id,
        channel="sms",
        provider=gateway.gateway,
        reason=Reason.HANDED_OVER,
        created_at__gte=now - LATELY,
        settled_at__lt=now - NEWS_AFTER,
    )
    if gateway.heard_at is not None:
        taken = taken.filter(settled_at__gt=gateway.heard_at)
    count = taken.count()
    return count if count >= FEW else 0


def _url(gateway: TextGateway) -> str:
    if gateway.gateway == GatewayName.SIMULATOR:
        return ""
    return _API.get(GatewayName(gateway.gateway), gateway.url)


def _look(url: str) -> Iterator[Finding]:
    """Ask for any answer; what comes back also says what its clock shows."""
    try:
        answer = call(
            method="HEAD", url=url, headers={}, may_be_private=settings.DEMO, answer_seconds=3.0
        )
    except ConnectionError as error:
        if not (isinstance(error, Silence) and error.may_have_arrived):
            yield bad(
                f"The text gateway {url} does not answer.",
                "See whether this computer may connect to it (firewall, name server), or ask its owner.",
            )
        return
    says = date_of(answer.headers.get("date"))
    if says is not None:
        yield from skew(of=url, says=says)


def _well(count: int) -> str:
    return (
        f"{count} text gateways take texts and are heard." if count else "No business sends texts."
    )
