"""What every answer says to the browser, and what no page holds: headers, cookies, inline code, foreign sources.

INJ-02, INJ-03, AUT-06 of the catalogue; the forgery check of row 21.
"""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client as Browser
from tests.security.callers import callers
from tests.security.test_matrix import OWN_TABLES
from tests.security.town import Town
from tests.security.visits import guests, is_page, takes
from tests.security.watching import undone, writes_seen

pytestmark = pytest.mark.sqlite  # how pages are built: no database answers differently

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# The simulator shows a mail as a mail program would: in a frame of its own that may run nothing.
SHOWS_MAIL = "simulator:html"
FRAMED = {SHOWS_MAIL}
# A mail program ends messages with one POST and no cookie (RFC 8058); the secret in the address is the proof.
# A payment provider signs what it sends, and so does whoever carries messages.
WITHOUT_TOKEN = {"client:stop", "pay:hook", "hooks:text-news", "hooks:text-in", "hooks:mail"}


def header_faults(response: HttpResponse) -> Iterator[str]:
    """Say which promise to the browser an answer does not make."""
    for name, value in HEADERS.items():
        if response.headers.get(name) != value:
            yield f"{name}: {response.headers.get(name)}"
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe-" in policy:
        yield f"Content-Security-Policy: {policy}"
    if "frame-ancestors 'none'" not in policy:
        yield "may be framed"
    for cookie in response.cookies.values():
        if not cookie["samesite"] or not cookie["httponly"]:
            yield f"cookie {cookie.key}"


class Judge(HTMLParser):
    """Reads a page and notes what the content policy would refuse, and forms that cannot be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.unsigned: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for name, value in given.items():
            if name.startswith("on") or name == "style":
                self.faults.append(f"{tag} {name}={value[:40]!r}")
            if name in {"href", "src", "action", "formaction", "data", "poster"}:
                self.faults += _foreign(tag, name, value)
        if (tag == "script" and "src" not in given) or tag in {"style", "object", "embed", "base"}:
            self.faults.append(f"inline {tag}")
        if tag == "form" and given.get("method", "get").lower() == "post":
            self.unsigned.append(given.get("action", ""))
        signs = tag in {"input", "button"} and given.get("name") == "csrfmiddlewaretoken"
        if signs and self.unsigned:
            self.unsigned.pop()


def _foreign(tag: str, name: str, value: str) -> list[str]:
    scheme = urlsplit(value).scheme
    if scheme in {"javascript", "vbscript"} or (scheme == "data" and tag != "img"):
        return [f"{tag} {name} {value[:40]!r}"]
    # Only a link that a person follows may lead to another place.
    loads = tag not in {"a", "area"}
    return [f"{tag} {name} {value[:60]!r}"] if loads and urlsplit(value).netloc else []


def page_faults(text: str) -> list[str]:
    """Say what a page holds that it must not."""
    judge = Judge()
    judge.feed(text)
    return judge.faults + [f"form without its token: {action}" for action in judge.unsigned]


@pytest.mark.req("INJ-02", "AUT-06")
def test_every_answer_makes_every_promise_to_the_browser_and_no_page_holds_code(
    town: Town,
) -> None:
    complaints = []
    pages = 0
    for address, caller, path in guests(town):
        with undone():
            response = caller.send("GET", path)
            if not (framed := address.name in FRAMED):
                complaints += [f"{address.name}: {fault}" for fault in header_faults(response)]
            if is_page(response) and not framed:
                pages += 1
                complaints += [f"{address.name}: {fault}" for fault in page_faults(response.text)]
    print(f"{pages} pages")
    assert not complaints, "\n".join(complaints)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/no-such-business/"),
        ("GET", "/no/such/address/"),
        ("PUT", "/"),
        ("GET", "/desk/"),
        ("GET", "/api/v1/nothing"),
        ("OPTIONS", "/"),
    ],
)
def test_answers_that_are_no_page_make_the_same_promises(method: str, path: str) -> None:
    response = Browser().generic(method, path)
    assert list(header_faults(response)) == []


def test_a_mail_is_shown_where_it_can_run_nothing(town: Town) -> None:
    path = f"/simulator/{town.ours.id_of('mail_id')}/html/"
    policy = Browser().get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy or "script-src 'none'" in policy


def test_faults_are_found() -> None:
    """The control: each kind of fault, in one page."""
    page = """<p onclick="x()" style="a:b">q</p><script>1</script><img src="https://evil.example/x">
    <a href="javascript:1">q</a><form method="post"><input name="a"></form><style>a{}</style>"""
    assert len(page_faults(page)) == 7
    assert len(list(header_faults(HttpResponse()))) == 6
    assert page_faults('<form method="post"><input name="csrfmiddlewaretoken"></form>') == []


def test_no_form_is_taken_from_another_site(town: Town) -> None:
    """Whoever is let in and signed in: without the token of our own page nothing is done."""
    complaints = []
    tried = 0
    for address, caller, path in guests(town):
        if not takes(address, "POST") or address.name.startswith("api-v1:"):
            continue
        if address.name in WITHOUT_TOKEN:
            continue
        tried += 1
        caller.browser.handler.enforce_csrf_checks = True
        with undone(), writes_seen() as written:
            response = caller.send("POST", path, content_type="application/x-www-form-urlencoded")
        if response.status_code != 403 or set(written) - OWN_TABLES:
            complaints.append(f"{address.name}: {response.status_code}, wrote {sorted(written)}")
    print(f"{tried} forms")
    assert not complaints, "\n".join(complaints)


def test_the_api_looks_at_no_cookie(town: Town) -> None:
    """So there is no forgery to fear: being signed in as the owner opens nothing there."""
    owner = callers(town)["owner"]()
    path = f"/api/v1/businesses/house-ours/appointments/{town.ours.id_of('appointment_id')}"
    assert owner.send("GET", path).status_code == 401
