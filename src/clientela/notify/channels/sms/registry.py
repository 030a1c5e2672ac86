"""Who speaks for a business's account with a gateway."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from django.conf import settings

from clientela.notify.channels.sms.outward import may_reach_inside
from clientela.notify.channels.sms.own_gateway import OwnGateway
from clientela.notify.channels.sms.port import Gateway, NotFromHere
from clientela.notify.channels.sms.simulator import Simulator
from clientela.notify.channels.sms.twilio import Twilio
from clientela.notify.channels.sms.vonage import Vonage
from clientela.notify.models import GatewayName, TextGateway
from clientela.platform.sealed import Unreadable, seal, unseal


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What an account is proved with: ``token`` when we speak, ``hook`` when it does."""

    token: str = ""
    hook: str = ""

    def sealed(self) -> str:
        """Return them as ``TextGateway.sealed`` keeps them."""
        return seal(asdict(self))


NEEDS: Final[dict[str, tuple[str, ...]]] = {
    GatewayName.SIMULATOR: (),
    GatewayName.TWILIO: ("token",),  # it signs with the same one
    GatewayName.VONAGE: ("token", "hook"),
    GatewayName.HTTP: ("token", "hook"),
}
"""Which secrets each gateway has."""

PUSH_HEADERS: Final = ("x-twilio-signature", "authorization", "clientela-signature")
"""The headers that a signature may stand in."""


def gateway_of(row: TextGateway) -> Gateway:
    """Return who speaks for an account, with its secrets opened; refuses ``NotFromHere``."""
    secrets = opened(row)
    news_url = news_address(row.pk)
    match row.gateway:
        case GatewayName.TWILIO:
            return Twilio(account=row.account, secret=secrets.token, news_url=news_url)
        case GatewayName.VONAGE:
            return Vonage(
                account=row.account,
                secret=secrets.token,
                hook_secret=secrets.hook,
                news_url=news_url,
            )
        case GatewayName.HTTP:
            return OwnGateway(
                url=row.url, secret=secrets.token, hook_secret=secrets.hook, news_url=news_url
            )
        case _:
            if not may_reach_inside():
                raise NotFromHere
            return Simulator()


def opened(row: TextGateway) -> Secrets:
    """Return a gateway's secrets; refuses ``NotFromHere`` while the key that sealed them is gone."""
    if not row.sealed:
        return Secrets()
    try:
        said = unseal(row.sealed)
        return Secrets(token=str(said["token"]), hook=str(said["hook"]))
    except (Unreadable, KeyError, TypeError) as error:
        raise NotFromHere("secrets-unreadable") from error


def news_address(gateway_id: UUID) -> str:
    """Return where a gateway tells what became of texts."""
    return f"{settings.PUBLIC_URL}/hooks/texts/{gateway_id}/news"


def inbound_address(gateway_id: UUID) -> str:
    """Return where a gateway brings texts that came in: what its own page has to be told."""
    return f"{settings.PUBLIC_URL}/hooks/texts/{gateway_id}/in"
