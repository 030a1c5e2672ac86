"""The articles there are. Their words are templates, one for each language: ``templates/help/articles/``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AUTHOR: Final = "Clientela"
"""Whoever runs the installation has not written them: the project has."""
LANGUAGES: Final = ("en", "es", "it")


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its name in the address, its title, for whom it is, and when its words last changed."""

    name: str
    title: _StrPromise
    reader: _StrPromise
    icon: str
    updated_on: date

    def template(self, language: str) -> str:
        """Return where its words stand in this language; in English for one it is not written in."""
        spoken = language.partition("-")[0]
        return f"help/articles/{self.name}.{spoken if spoken in LANGUAGES else LANGUAGES[0]}.html"


CLIENTS: Final = _("For clients")
STAFF: Final = _("For businesses")
BOTH: Final = _("For clients and businesses")
_WRITTEN: Final = date(2026, 11, 23)

ARTICLES: Final = (
    Article("shown-as-new", _("Why is a regular client shown as new?"), BOTH, "users", _WRITTEN),
    Article(
        "pending-redemption",
        _("Pending redemption, pending payment: what is the difference?"),
        STAFF,
        "receipt",
        _WRITTEN,
    ),
    Article("your-account", _("Your account: what you can do in it"), CLIENTS, "user", _WRITTEN),
    Article(
        "client-login",
        _("Letting clients sign in to your booking page"),
        STAFF,
        "key-round",
        _WRITTEN,
    ),
    Article(
        "messages-missing",
        _("A confirmation or a reminder did not arrive"),
        BOTH,
        "message-square",
        _WRITTEN,
    ),
)
BY_NAME: Final = {one.name: one for one in ARTICLES}
