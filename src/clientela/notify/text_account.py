"""Checking an account with a text gateway as it is typed: sender, address, secrets, figures, countries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from phonenumbers import SUPPORTED_REGIONS

from clientela.notify.channels.sms.outward import is_allowed_url
from clientela.notify.channels.sms.registry import NEEDS, Secrets
from clientela.notify.errors import GatewayRefused
from clientela.notify.models import GatewayName, SenderKind
from clientela.people.errors import PhoneInvalid
from clientela.people.phones import parse_phone

LONGEST_SECRET: Final = 255
LONGEST_ACCOUNT: Final = 100
MOST_PRICE_MINOR: Final = 1_000
MOST_CAP_MINOR: Final = 10_000_000
_SHORT_CODE: Final = re.compile(r"[0-9]{3,8}")
_NAME: Final = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}")
_ACCOUNT: Final = re.compile(r"[\x21-\x7e]{1,100}")
_TWILIO_ACCOUNT: Final = re.compile(r"AC[0-9a-fA-F]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewayAccount:
    """An account with a gateway, as typed: what it is called there, its secrets, and what readers see as the sender."""

    gateway: GatewayName
    account: str = ""
    url: str = ""
    token: str = field(default="", repr=False)
    hook: str = field(default="", repr=False)
    sender: str
    sender_kind: SenderKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLimits:
    """The price of one part of a text and what a month may cost, in minor units; the countries, by their two letters."""

    price_minor: int
    cap_minor: int
    countries: Sequence[str]


def checked_sender(sender: str, *, kind: SenderKind) -> str:
    """Return the sender as it is kept: a number with its prefix, a short code, or a name of eleven letters with one letter at least."""
    text = " ".join(sender.split())
    if kind in {SenderKind.TOLL_FREE, SenderKind.LONG_NUMBER}:
        try:
            return parse_phone(text, country="").e164
        except PhoneInvalid as error:
            raise GatewayRefused("sender-refused", field="sender") from error
    wanted = _SHORT_CODE if kind is SenderKind.SHORT_CODE else _NAME
    if not wanted.fullmatch(text):
        raise GatewayRefused("sender-refused", field="sender")
    return text


def checked_account(account: str, *, gateway: GatewayName) -> str:
    """Return the account's name at the gateway; one's own gateway and the simulator have none."""
    if gateway in {GatewayName.SIMULATOR, GatewayName.HTTP}:
        return ""
    text = account.strip()
    shape = _TWILIO_ACCOUNT if gateway == GatewayName.TWILIO else _ACCOUNT
    if not shape.fullmatch(text):
        raise GatewayRefused("account-refused", field="account")
    return text


def checked_url(url: str, *, gateway: GatewayName) -> str:
    """Return the address of one's own gateway, https and public; the others have theirs."""
    if gateway != GatewayName.HTTP:
        return ""
    text = url.strip()
    if not is_allowed_url(text):
        raise GatewayRefused("url-refused", field="url")
    return text


def checked_secrets(*, gateway: GatewayName, token: str, hook: str) -> Secrets:
    """Return the secrets that this gateway has; what it has none of is not kept."""
    given = {"token": token.strip(), "hook": hook.strip()}
    for name in NEEDS[gateway]:
        value = given[name]
        if (
            not value
            or len(value) > LONGEST_SECRET
            or not (value.isascii() and value.isprintable())
        ):
            raise GatewayRefused("secret-refused", field=name)
    return Secrets(**{name: given[name] for name in NEEDS[gateway]})


def checked_limits(limits: TextLimits) -> TextLimits:
    """Return the limits as they are kept.

    Refuses ``GatewayRefused`` for a price that counts nothing, and a month of which not even one part could be paid.
    """
    if not 1 <= limits.price_minor <= MOST_PRICE_MINOR:
        raise GatewayRefused("price-refused", field="price_minor")
    if not limits.price_minor <= limits.cap_minor <= MOST_CAP_MINOR:
        raise GatewayRefused("cap-refused", field="cap_minor")
    return replace(limits, countries=_checked_countries(limits.countries))


def _checked_countries(countries: Iterable[str]) -> list[str]:
    found = sorted({one.strip().upper() for one in countries if one.strip()})
    unknown = [one for one in found if one not in SUPPORTED_REGIONS]
    if unknown or not found:
        raise GatewayRefused(
            "country-unknown" if unknown else "country-missing",
            field="countries",
            name=", ".join(unknown)[:60],
        )
    return found
