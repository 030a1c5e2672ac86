"""A kept mail, read as a mail program would read it."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from clientela.notify.models import SimulatedMail

BASE = '<base target="_top">'


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What the pages show of a mail. ``html`` and ``calendar`` are blank where it has none."""

    sender: str
    text: str
    html: str
    calendar: str
    calendar_name: str
    links: tuple[tuple[str, str], ...]


def read(kept: SimulatedMail) -> ReadMail:
    """Parse the bytes as they would have arrived."""
    mail = email.message_from_bytes(bytes(kept.source), policy=default)
    assert isinstance(mail, EmailMessage)  # noqa: S101 -- the default policy makes these
    html = _part(mail, "html")
    calendar = next(
        (part for part in mail.walk() if part.get_content_type() == "text/calendar"), None
    )
    return ReadMail(
        sender=str(mail["From"] or kept.sender),
        text=_part(mail, "plain"),
        html=html.replace("<head>", f"<head>{BASE}", 1) if html else "",
        calendar=str(calendar.get_content()) if calendar is not None else "",
        calendar_name=(calendar.get_filename() or "") if calendar is not None else "",
        links=_links(html),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


class _LinkFinder(HTMLParser):
    """Collects the links of a mail, each with its words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember where a link leads."""
        if tag == "a":
            self._inside = dict(attrs).get("href") or ""

    def handle_data(self, data: str) -> None:
        """Take a link's words."""
        if self._inside and data.strip():
            self.found.append((data.strip(), self._inside))
            self._inside = ""


def _links(html: str) -> tuple[tuple[str, str], ...]:
    """The links that lead to a page; another scheme would not be followed here either."""
    finder = _LinkFinder()
    finder.feed(html)
    return tuple(pair for pair in finder.found if pair[1].startswith(("http://", "https://")))
