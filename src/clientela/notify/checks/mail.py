"""Whether mail can leave, and is believed: the server or provider, the sender, the records of its domain."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

from clientela.notify.queries.sending_domains import Domain, sending_domains
from clientela.notify.refused_pushes import refused_in_a_day
from clientela.platform.doctor import Finding, bad, check, ok, warn
from clientela.rules.sender_records import State

_ANSWER_WITHIN_SECONDS: Final = 5
_FEW_REFUSED: Final = 3
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_RECORDS: Final = {
    "spf": "Publish one TXT record `v=spf1 … -all` at {name} that names your mail server.",
    "dkim": "Publish the key under which your mail server signs at <selector>._domainkey.{name}, and name the selector in CLIENTELA_MAIL_DKIM_SELECTORS.",
    "dmarc": "Publish a TXT record `v=DMARC1; p=none` at _dmarc.{name}, and make it stricter later.",
}


@check("mail-server", outside=True)
def mail_server_answers(now: datetime) -> Iterator[Finding]:
    """Connect and log in as sending would, without sending anything."""
    if settings.MAIL_CHANNEL == "simulator":
        yield ok("Mail goes to the simulator: nothing leaves this machine.")
    elif settings.MAIL_CHANNEL == "provider":
        yield from _provider(now)
    else:
        yield from _smtp()


@check("mail-sender")
def sender_is_ours(_now: datetime) -> Iterator[Finding]:
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


@check("mail-domain")
def domain_vouches(now: datetime) -> Iterator[Finding]:
    """Say what the public records of the sending domain said when they were last looked at (daily)."""
    if settings.MAIL_CHANNEL == "simulator":
        return
    for domain in sending_domains(now=now):
        yield from _records(domain)


def _records(domain: Domain) -> Iterator[Finding]:
    states = {"spf": domain.spf, "dkim": domain.dkim, "dmarc": domain.dmarc}
    missing = [word for word, state in states.items() if state is State.FAIL]
    unknown = [word.upper() for word, state in states.items() if state is State.UNKNOWN]
    for word in missing:
        yield bad(
            f"{word.upper()} of {domain.name} is missing or wrong: large mail hosts refuse or hide its mails.",
            _RECORDS[word].format(name=domain.name),
        )
    if unknown and domain.checked_at is None:
        yield ok(f"The records of {domain.name} are not known: nobody could be asked lately.")
    elif unknown:
        fix = _RECORDS[unknown[0].lower()].format(name=domain.name)
        yield warn(f"{', '.join(unknown)} of {domain.name} could not be looked at.", fix)
    elif not missing:
        yield ok(f"SPF, DKIM and DMARC of {domain.name} are public.")


def _smtp() -> Iterator[Finding]:
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


def _provider(now: datetime) -> Iterator[Finding]:
    """Its key cannot be tried without sending; what it refuses shows among the messages."""
    name = settings.MAIL_PROVIDER
    refused = refused_in_a_day(source=name, now=now)
    if not name or not settings.ANYMAIL:
        yield bad(
            "Mail is to go by a provider, and none is set up.",
            "Set CLIENTELA_MAIL_PROVIDER and CLIENTELA_MAIL_KEY.",
        )
    elif not settings.MAIL_NEWS_ARE_GUARDED:
        yield warn(
            f"Mail goes by {name}, but nothing proves its news: bounces and complaints are not heard.",
            "Set CLIENTELA_MAIL_NEWS_KEY to what signs its webhooks.",
        )
    elif refused >= _FEW_REFUSED:
        yield bad(
            f"{refused} pushes of {name} were refused within a day: their signature is wrong.",
            "Set CLIENTELA_MAIL_NEWS_KEY to what signs its webhooks now.",
        )
    else:
        yield ok(f"Mail goes by {name}, and its news are heard.")
