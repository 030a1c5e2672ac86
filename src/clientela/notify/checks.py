"""What the doctor asks about messages."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from clientela.notify.queries.attention import ambiguous_messages, failed_messages, oldest_overdue
from clientela.platform.doctor import Finding, bad, check, ok, warn

LATE_AFTER = timedelta(minutes=10)
FAILURES_FOR = timedelta(days=1)
_ANSWER_WITHIN_SECONDS = 5
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@check("mail-server")
def mail_server_answers(now: datetime) -> Iterable[Finding]:  # noqa: ARG001 -- every question is asked with the time
    """Connect and log in as sending would, without sending anything."""
    if settings.MAIL_CHANNEL == "simulator":
        yield ok("Mail goes to the simulator: nothing leaves this machine.")
        return
    backend = EmailBackend(timeout=_ANSWER_WITHIN_SECONDS)
    try:
        backend.open()
        backend.close()
    except (OSError, smtplib.SMTPException) as error:
        yield bad(
            f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} cannot be used: {type(error).__name__}.",
            "Set CLIENTELA_SMTP_HOST, _PORT, _USER, _PASSWORD and _STARTTLS or _TLS, then run the doctor again.",
        )
    else:
        yield ok(f"The mail server {settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers.")


@check("mail-sender")
def sender_is_ours(now: datetime) -> Iterable[Finding]:  # noqa: ARG001 -- every question is asked with the time
    """Compare the sender's domain with the public address: receivers do."""
    if settings.MAIL_CHANNEL == "simulator":
        return
    host = urlsplit(settings.PUBLIC_URL).hostname or ""
    domain = settings.DEFAULT_FROM_EMAIL.rstrip(">").rsplit("@", 1)[-1]
    if host in _LOOPBACK or "." not in domain:
        yield warn(
            f"Links in mails lead to {settings.PUBLIC_URL}, which clients cannot open."
            if host in _LOOPBACK
            else f"Mails come from {domain}, which is no domain.",
            "Set CLIENTELA_URL to the public address and CLIENTELA_MAIL_FROM to a mailbox of your domain.",
        )
    else:
        yield ok(f"Mails come from {domain}.")


@check("messages")
def messages_flow(now: datetime) -> Iterable[Finding]:
    """Look for messages late, ambiguous or given up."""
    found = [*_late(now), *_unsettled(now)]
    yield from found or [ok("No message is late, ambiguous or given up.")]


def _late(now: datetime) -> Iterable[Finding]:
    oldest = oldest_overdue(now=now, after=LATE_AFTER)
    if oldest is not None:
        minutes = int((now - oldest).total_seconds()) // 60
        yield bad(
            f"The oldest message has waited {minutes} minutes.",
            "See that the worker runs (`clientela serve`, or `clientela worker`) and that the mail server answers.",
        )


def _unsettled(now: datetime) -> Iterable[Finding]:
    unknown = len(ambiguous_messages())
    if unknown:
        yield warn(
            f"{_messages(unknown)} may or may not have left.",
            "Decide on /operator/: send them again, or leave them.",
        )
    failed = len(failed_messages(since=now - FAILURES_FOR))
    if failed:
        yield warn(
            f"Given up within the last day: {_messages(failed)}.",
            "Look at their reasons on /operator/.",
        )


def _messages(count: int) -> str:
    return "1 message" if count == 1 else f"{count} messages"
