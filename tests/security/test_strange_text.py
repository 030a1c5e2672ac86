"""Nothing that a stranger types breaks a page: every field of every address, against texts made to hurt.

INJ-10, INJ-17, TIM-05, CVE rows 13 and 15: never a 5xx, and what was typed never comes back as code. The field
names come from the templates and the views, so a new field is tried as soon as it exists.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.http import QueryDict
from django.test import Client as Browser
from tests.kit.cluster import DATABASE
from tests.security.callers import Caller
from tests.security.town import Town
from tests.security.visits import guests, is_page, takes
from tests.security.watching import fields_read, undone

import clientela

SOURCE = Path(clientela.__file__).parent / "web"
_IN_TEMPLATES = re.compile(r"\bname=\"([a-z_]\w*)\"")
_IN_VIEWS = re.compile(r"(?:GET|POST|query|data|posted|asked)\.get(?:list)?\(\"(\w+)\"")
_IN_FORMS = re.compile(r"^    (\w+) = forms\.\w+\(", re.MULTILINE)
HOOK = "<script>alert(1)</script>"

STRANGE = {
    "code": f"\"'>{HOOK}{{{{7*7}}}}${{7*7}}%s%n{{0.__class__}}' OR 1=1 --",
    "control": "a\x00b\x07c\x1b[31m\r\nBcc: evil@example.org\r\n\r\nbody",
    "letters": "İı\u202egnp.exe\u2066\u200d👩\u200d👩\u200d👧" + "e" + "\u0301" * 300,
    "long": "9" * 10_000,
    "number": "-1",
    "not a number": "NaN",
    "huge": "1e308",
    "arabic digits": "٣٤",
    "zero": "0",
    "day": "2026-02-30",
    "last day": "9999-12-31",
    "first day": "0001-01-01",
    "start": "20261124T9999Z",
    "last start": "99991231T2359Z",
    "far start": "2026-11-24T10:00:00+99:99",
    "id": "00000000-0000-0000-0000-000000000000",
    "half an id": "01a204c8-e367-77d9",
    "path": "../../../../etc/passwd",
    "zone": "../Europe/Madrid",
    "list": "a,b;c|d",
    "blank": " \t\u00a0\u3000",
    "surrogate": "\ud800",
}
RAW = {
    "broken bytes": "%FF%FE",
    "surrogate bytes": "%ED%A0%80",
    "cut escape": "%E2%82",
    "nothing": "",
}
PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
# A short look at every commit: at every address what breaks most, and some of the rest, which take turns from one
# address to the next. On the second database what a database may answer differently; everything in the long run.
ALWAYS = ("code", "control") if DATABASE == "sqlite" else ("control", "long")
IN_TURN = ("letters", "last day", "id", "number", "start", "long")
TURNS = 3 if DATABASE == "sqlite" else 1


def chosen(number: int) -> list[str]:
    """The texts that the address of this number gets."""
    if PROVE:
        return list(STRANGE)
    others = [kind for kind in IN_TURN if kind not in ALWAYS]
    return [*ALWAYS, *(others[(TURNS * number + n) % len(others)] for n in range(TURNS))]


def test_every_text_has_its_turn() -> None:
    assert {kind for number in range(6) for kind in chosen(number)} >= {*ALWAYS, *IN_TURN}


@cache
def field_names() -> tuple[str, ...]:
    """Every name that a form or an address of the site may send."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.html"):
        found |= set(_IN_TEMPLATES.findall(path.read_text(encoding="utf-8")))
    for path in SOURCE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(_IN_VIEWS.findall(text)) | set(_IN_FORMS.findall(text))
    return tuple(sorted(found - {"csrfmiddlewaretoken", "viewport", "description"}))


def encoded(text: str) -> str:
    """Every field with this text, as a form sends it."""
    safe = text.encode("utf-8", "surrogatepass")
    return urlencode(dict.fromkeys(field_names(), safe))


def test_the_fields_are_found() -> None:
    assert {"name", "email", "service", "start", "zone", "next"} <= set(field_names())


@pytest.mark.req("INJ-10")
def test_no_page_breaks_on_a_strange_text_and_none_gives_it_back_as_code(town: Town) -> None:
    complaints = []
    forms = {kind: encoded(text) for kind, text in STRANGE.items()}
    for number, (address, caller, path) in enumerate(guests(town)):
        sent = {kind: forms[kind] for kind in chosen(number)}
        for method in ("GET", "POST"):
            if takes(address, method):
                faults = _faults(caller, method, path, sent)
                complaints += [f"{method} {address.name}, {fault}" for fault in faults]
    assert not complaints, "\n".join(complaints)


def _faults(caller: Caller, method: str, path: str, sent: dict[str, str]) -> Iterator[str]:
    """Try the texts one after the other. An address that looks at nothing typed would answer each alike."""
    for kind, texts in sent.items():
        with fields_read() as looked_at:
            fault = _fault(caller, method, path, texts)
        if fault:
            yield f"{kind}: {fault}"
        if not looked_at:
            return


def _fault(caller: Caller, method: str, path: str, sent: str) -> str:
    with undone():
        if method == "GET":
            answer = caller.send("GET", f"{path}?{sent}")
        else:
            form = "application/x-www-form-urlencoded"
            answer = caller.send("POST", path, data=sent, content_type=form)
        if answer.status_code >= 500:
            return f"answers {answer.status_code}"
        return "code came back" if is_page(answer) and HOOK in answer.text else ""


def test_what_is_looked_up_in_a_form_is_seen() -> None:
    with fields_read() as names:
        form = QueryDict("a=1&b=2")
        assert names == set()
        assert form["a"] == form.get("a") == form.getlist("a")[0]
        assert "b" in form
        assert names == {"a", "b"}
        assert dict(form)
        assert "*" in names


def test_no_page_breaks_on_bytes_that_are_no_text(town: Town) -> None:
    complaints = []
    turns = cycle(RAW.values())
    for address, caller, path in guests(town):
        sent = "&".join(f"{name}={next(turns)}" for name in field_names())
        if takes(address, "GET"):
            with undone():
                answer = caller.send("GET", f"{path}?{sent}")
            if answer.status_code >= 500:
                complaints.append(f"{address.name}: {answer.status_code}")
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/%FF/",
        "/..%2f..%2fetc/passwd",
        "/.git/config",
        "/.env",
        "/static/../settings.py",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        f"/{quote(HOOK)}/",
        "/" + "a" * 5000 + "/",
        "/admin/",
        "/__debug__/",
        "/%2Fevil.example/x",
    ],
)
@pytest.mark.req("INJ-18")
def test_no_address_breaks_and_none_shows_a_file(db: None, path: str) -> None:
    answer = Browser(raise_request_exception=False).generic("GET", path)
    assert answer.status_code in {301, 400, 404}
    assert HOOK not in answer.text
    if answer.status_code == 301:
        assert answer.headers["Location"].startswith("/")
        assert not answer.headers["Location"].startswith("//")
