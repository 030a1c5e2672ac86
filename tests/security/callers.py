"""Who comes: strangers, holders of links and tokens, staff of either business, those who left, operator and support."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client as Browser
from tests.security.addresses import GUESS, Address
from tests.security.persons import LINKS
from tests.security.town import Side, Town

from clientela.policy.rule import Audience


@dataclass
class Caller:
    """A browser or a program, and what it holds. ``side`` is the business where it is somebody."""

    name: str
    browser: Browser
    side: Side | None = None
    role: Audience | None = None
    link: str = GUESS
    holds: str = ""
    token: str = ""
    # Suffixes of its side's canaries that it may read; None means all of them.
    may_read: frozenset[str] | None = frozenset()
    # Suffixes that it may read of either side: who wrote to the support has a name there.
    reads_of_all: frozenset[str] = frozenset()
    headers: dict[str, str] = field(default_factory=dict)

    def link_for(self, address: Address) -> str:
        """The secret it puts into an address that wants one."""
        if kind := LINKS.get(address.name):
            return self.side.links[kind] if self.holds == "irene" and self.side else GUESS
        return self.link

    def send(self, method: str, path: str, **body: Any) -> HttpResponse:
        """Send a request as a browser with fresh cookies would, so that no cell touches the next."""
        kept = copy.deepcopy(self.browser.cookies)
        try:
            return self.browser.generic(method, path, headers=self.headers, **body)
        finally:
            self.browser.cookies = kept

    def words_it_must_not_see(self, text: str, town: Town) -> set[str]:
        """The canaries in a text that are not this caller's to read."""
        found = set()
        for side in (town.ours, town.theirs):
            for suffix in re.findall(rf"{side.word.lower()}[ ]?(\w*)", text.lower()):
                mine = side is self.side and (self.may_read is None or suffix in self.may_read)
                if not mine and suffix not in self.reads_of_all:
                    found.add(f"{side.word} {suffix}")
        return found


def callers(town: Town) -> dict[str, Callable[[], Caller]]:
    """Everybody, by name; each is made when it is asked for."""
    ours, theirs = town.ours, town.theirs
    staff = {
        "owner": (Audience.OWNER, None),
        "front_desk": (Audience.FRONT_DESK, None),
        "professional": (
            Audience.PROFESSIONAL,
            # The bare word is the first name of everybody in the house, their own too: the menu says it.
            frozenset(
                {"", "one", "three", "five", "professional", "doctor", "owner", "front_desk"}
            ),
        ),
    }
    return {
        "anonymous": lambda: Caller("anonymous", _browser()),
        "link holder": lambda: _holder(ours, "irene", {"one"}),
        "other link": lambda: _holder(ours, "tomas", {"two"}),
        **{
            name: lambda name=name, role=role, may=may: Caller(
                name, _signed_in(ours.people[name]), ours, role, may_read=may
            )
            for name, (role, may) in staff.items()
        },
        "outsider": lambda: Caller(
            "outsider", _signed_in(theirs.people["owner"]), theirs, Audience.OWNER, may_read=None
        ),
        "former": lambda: Caller(
            "former",
            _signed_in(ours.people["former"]),
            ours,
            may_read=frozenset({"", "former"}),  # their own name and address, on their own pages
        ),
        "client": lambda: _client(ours),
        "operator": lambda: Caller("operator", _signed_in(town.operator), None, Audience.OPERATOR),
        "support agent": lambda: Caller(
            "support agent",
            _signed_in(town.support),
            None,
            Audience.SUPPORT,
            reads_of_all=frozenset({"one"}),
        ),
        "reading token": lambda: _program(ours, "read"),
        "writing token": lambda: _program(ours, "write"),
        "foreign token": lambda: _program(theirs, "write"),
    }


def _browser() -> Browser:
    """A browser to which a broken page is an answer like any other: 500."""
    return Browser(raise_request_exception=False)


def _signed_in(person: Any) -> Browser:
    browser = _browser()
    browser.force_login(person.account)
    return browser


def _client(side: Side) -> Caller:
    browser = _browser()
    browser.force_login(side.client)
    return Caller("client", browser, side, may_read=frozenset({"", "one"}))


def _holder(side: Side, whose: str, may_read: set[str]) -> Caller:
    link = side.links[whose]
    return Caller(
        f"link of {whose}",
        _browser(),
        side,
        link=link,
        holds=whose,
        may_read=frozenset({"", "new", *may_read}),
        headers={"X-Manage-Token": link},
    )


def _program(side: Side, scope: str) -> Caller:
    secret = side.tokens[scope]
    return Caller(
        f"{scope} token",
        _browser(),
        side,
        token=scope,
        headers={"Authorization": f"Bearer {secret}"},
    )
