"""Visits by whoever is let in: one caller for each address."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpResponse
from tests.security.addresses import Address, every_address
from tests.security.callers import Caller, callers
from tests.security.expected import CLOSED
from tests.security.town import Town

from clientela.policy.rule import STAFF, Audience
from clientela.policy.table import TABLE


def guests(town: Town) -> Iterator[tuple[Address, Caller, str]]:
    """Every open address with a caller whom it admits, and its path."""
    everybody = {
        name: callers(town)[name]()
        for name in (
            "anonymous",
            "link holder",
            "owner",
            "client",
            "operator",
            "support agent",
            "writing token",
        )
    }
    for address in every_address():
        if address.name not in CLOSED:
            caller = everybody[_who(address)]
            link = caller.link_for(address)
            yield address, caller, address.path(place=town.ours, things=town.ours, token=link)


def _who(address: Address) -> str:
    audience = TABLE[address.name].audience
    if Audience.API_TOKEN in audience:
        return "writing token"
    if Audience.LINK_HOLDER in audience:
        return "link holder"
    if Audience.ACCOUNT in audience:
        return "client"
    if audience & STAFF:
        return "owner"
    if Audience.SUPPORT in audience:
        return "support agent"
    return "operator" if Audience.OPERATOR in audience else "anonymous"


def takes(address: Address, method: str) -> bool:
    """Whether the table lets the address answer a method."""
    return method in TABLE[address.name].methods


def is_page(response: HttpResponse) -> bool:
    """Whether a browser would draw it."""
    return response.headers.get("Content-Type", "").startswith("text/html")
