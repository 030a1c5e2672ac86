"""Every address there is, from the URLconf itself: a route that somebody adds tomorrow is tried tomorrow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.security.town import Side

# Parameters that name no row. A new one is written here once; nothing else needs to be told.
WORDS = {
    "doing": "came",
    "article_name": "messages-missing",
    "size": "192",
    "name": "clientela-data.json",
    "uidb36": "abc",
    "key": "abc-def",
    "step": "1",
    "page": "login",
    "pk": "1",
    "page_ref": "abc",
    "provider": "elsewhere",
    "rule": "reminder",
    "language": "es",
    "channel": "email",
}
GUESS = "x" * 27

# Where a parameter's name does not say which row: a professional is a resource, and so is a room.
MEANS = {
    ("desk:settings-professional", "resource_id"): "professional_id",
    ("balance:remove-card", "card_id"): "kept_card_id",
    ("pay:hook", "account_id"): "provider_account_id",
    ("hooks:text-news", "gateway_id"): "text_gateway_id",
    ("hooks:text-in", "gateway_id"): "text_gateway_id",
    ("client:card-question", "card_id"): "client_id",
    ("desk:merge-answer", "question_id"): "parting_question_id",
}


@dataclass(frozen=True)
class Address:
    """A named route and the names of its parameters."""

    name: str
    parameters: tuple[str, ...]

    @property
    def objects(self) -> tuple[str, ...]:
        """The parameters that name rows of a business."""
        return tuple(one for one in self.parameters if one not in {"business", "token", *WORDS})

    def path(self, *, place: Side, things: Side, token: str = GUESS, **chosen: str) -> str:
        """The address in the business of ``place``, naming rows of ``things``."""
        values = {**WORDS, "business": place.business.slug, "token": token, **chosen}
        values.setdefault(
            "slug", things.business.slug
        )  # on a person's own pages: one of their businesses
        for name in self.parameters:
            if name not in values:
                values[name] = things.id_of(MEANS.get((self.name, name), name))
        return reverse(self.name, kwargs={name: values[name] for name in self.parameters})


def every_address() -> list[Address]:
    """Every address of the installation, in the order of their names."""
    return sorted(_walk(get_resolver(), "", ()), key=lambda one: (one.name, one.parameters))


def _walk(resolver: URLResolver, namespace: str, before: tuple[str, ...]) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        parameters = (*before, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, parameters)
        elif isinstance(pattern, URLPattern):
            yield Address(f"{namespace}{pattern.name or ''}", parameters)
