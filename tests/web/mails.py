"""What the worker would have sent: the simulator's mails, as text."""

from __future__ import annotations

import email
import re
from email import policy
from email.message import EmailMessage

from clientela.notify.models import SimulatedMail
from clientela.platform import clock
from clientela.platform.tenancy import system_scope
from clientela.platform.worker import run_once


def delivered(address: str) -> list[EmailMessage]:
    """Let the worker do all it has to do, and return what reached an address, oldest first."""
    for _ in range(5):
        run_once(clock.now())
    with system_scope("a test reads the simulator"):
        rows = SimulatedMail.objects.filter(address=address).order_by("received_at", "id")
        found = [email.message_from_bytes(bytes(row.source), policy=policy.default) for row in rows]
    assert all(isinstance(one, EmailMessage) for one in found)
    return found


def text_of(mail: EmailMessage) -> str:
    """The plain words of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def link_of(mail: EmailMessage) -> str:
    """The first address in it."""
    match = re.search(r"https?://\S+", text_of(mail))
    assert match is not None, text_of(mail)
    return match[0]
