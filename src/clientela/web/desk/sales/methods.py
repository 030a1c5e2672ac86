"""How the ways of paying are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clientela.ledger.models import Method

METHODS: dict[Method, tuple[Promise, str]] = {
    Method.CASH: (pgettext_lazy("way of paying", "Cash"), "banknote"),
    Method.TERMINAL: (pgettext_lazy("way of paying", "Card, at the desk"), "credit-card"),
    Method.TRANSFER: (pgettext_lazy("way of paying", "Bank transfer"), "arrow-left-right"),
    Method.ONLINE: (pgettext_lazy("way of paying", "Online"), "globe"),
}


def method_words(method: str) -> str:
    """Say how money was handed over."""
    return str(METHODS[Method(method)][0])


def method_icon(method: str) -> str:
    """Its picture."""
    return METHODS[Method(method)][1]
