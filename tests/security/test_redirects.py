"""No address of ours sends a visitor to another site, whatever it is asked (INJ-12; CVE row 28)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.test import Client as Browser
from tests.security.callers import Caller
from tests.security.town import PASSWORD, Town
from tests.security.visits import guests, takes
from tests.security.watching import fields_read, undone

pytestmark = pytest.mark.sqlite  # where an answer leads is said before any database is asked

HOST = "testserver"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    "////evil.example",
    r"\\evil.example",
    r"/\evil.example",
    r"\/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "http://evil.example#testserver",
    "http://evil.example\\@testserver/",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    " https://evil.example",
    "\thttps://evil.example",
    "\x00//evil.example",
    "ja\tvascript:alert(1)",
    "javascript:alert(1)",
    "data:text/html,x",
    "//evil。example/",
    "http://[::1]@evil.example/",
    "https://evil.example/desk/",
]
FIELDS = (
    "next",
    "return_url",
    "return_to",
    "redirect",
    "redirect_to",
    "url",
    "continue",
    "from",
    "then",
)


def leaves(location: str, *, path: str) -> bool:
    """Whether a browser that follows it from a page of ours arrives somewhere else."""
    seen = location.replace("\\", "/").strip().replace("\t", "")
    target = urlsplit(urljoin(f"http://{HOST}{path}", seen))
    return target.netloc != HOST or target.scheme not in {"http", "https"}


def test_the_judge_knows_a_way_out() -> None:
    out = [one for one in ELSEWHERE if leaves(one, path="/")]
    assert {"https://evil.example/", "//evil.example/", r"/\evil.example"} <= set(out)
    assert not leaves("/desk/", path="/")


@pytest.mark.req("INJ-12")
def test_no_address_leads_out_of_the_house(town: Town) -> None:
    """What looks at any of the fields and redirects gets every wish; whatever else answers gets one."""
    complaints = []
    for address, caller, path in guests(town):
        if address.name.startswith(("api", "simulator")):
            continue
        for method in ("GET", "POST"):
            if takes(address, method):
                ways = _ways(caller, method, path)
                out = [one for one in ways if one and leaves(one, path=path)]
                complaints += [f"{method} {address.name}: {one}" for one in out]
    assert not complaints, "\n".join(complaints)


def _ways(caller: Caller, method: str, path: str) -> Iterator[str]:
    """Where an address leads to, wish by wish."""
    first, *others = ELSEWHERE
    with fields_read() as looked_at:
        yield _led_to(caller, method, path, first)
    if looked_at & {*FIELDS, "*"} and _led_to(caller, method, path, "/desk/"):
        for wish in others:
            yield _led_to(caller, method, path, wish)


def _led_to(caller: Caller, method: str, path: str, wish: str) -> str:
    sent = urlencode(dict.fromkeys(FIELDS, wish))
    kind = "application/x-www-form-urlencoded"
    with undone():
        answer = caller.send(method, f"{path}?{sent}", data=sent, content_type=kind)
    return answer.headers.get("Location", "")


@pytest.mark.req("INJ-12")
def test_signing_in_ends_inside(town: Town) -> None:
    login = town.ours.people["owner"].account.email
    for wish in ELSEWHERE:
        with undone():
            browser = Browser(raise_request_exception=False)
            typed = {"login": login, "password": PASSWORD, "next": wish}
            answer = browser.post("/client/login", typed)
            assert "_auth_user_id" in browser.session, "it must work, or this proves nothing"
        assert not leaves(answer.headers["Location"], path="/client/login"), wish
