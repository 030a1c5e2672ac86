"""Each broken thing turns exactly its own question red, with the remedy beside it (L17).

A SQLite in write-ahead mode needs a file of its own: ``tests/platform/test_doctor.py``.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.factories import NOW, SYSTEM, at, book
from tests.kit.clocks import WINTER_FOR_EVER, new_clocks

from clientela.booking.models import Appointment
from clientela.business.models import Business, Professional
from clientela.notify.checks import mail, texts
from clientela.notify.models import (
    GatewayName,
    Message,
    PushKey,
    Reason,
    SenderKind,
    SendingDomain,
    TextGateway,
)
from clientela.notify.refused_pushes import note_refused
from clientela.platform import certificates, checks, clock, failpoints, guards
from clientela.platform.certificates import Seen
from clientela.platform.doctor import Grade, examine
from clientela.platform.installation import note_backup
from clientela.platform.models import OutboxEvent, WorkerHeartbeat
from clientela.platform.outside import Answer, Silence
from clientela.platform.sealed import seal
from clientela.platform.tenancy import system_scope

__all__ = ["new_clocks"]
pytestmark = [pytest.mark.django_db, pytest.mark.req("L17"), pytest.mark.sqlite]
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass
class Installation:
    """One that is well, and the means to break it."""

    settings: Any
    patch: pytest.MonkeyPatch
    business: Business
    professional: Professional
    clocks: Callable[..., None]

    def appointment(self, starts: str = "2027-03-29 10:00") -> Appointment:
        service = factories.make_service(
            self.business, professionals=(self.professional,), horizon_days=365
        )
        made = book(service, at(starts)).appointment
        OutboxEvent.objects.all().delete()
        return made

    def messages(self, *reasons: Reason, **fields: Any) -> None:
        appointment = self.appointment()
        for number, reason in enumerate(reasons):
            waits = reason is Reason.QUEUED
            usual = {
                "business": self.business, "appointment": appointment, "occurrence": number,
                "rule": "confirmation", "recipient": "client", "recipient_id": appointment.client_id,
                "channel": "email", "reason": reason, "language": "es", "zone": "Europe/Madrid",
                "message_id": f"<{number}@example.org>", "due_at": NOW, "created_at": NOW,
                "send_at": NOW if waits else None, "settled_at": None if waits else NOW,
                "tries": 0 if waits else 1,
            }  # fmt: skip
            Message.objects.create(**{**usual, **fields})

    def gateway(self, **fields: Any) -> TextGateway:
        return TextGateway.objects.create(
            business=self.business, gateway=GatewayName.TWILIO, sender="+34600000000",
            sender_kind=SenderKind.LONG_NUMBER, currency="EUR", created_at=NOW, **fields,
        )  # fmt: skip


@pytest.fixture
def well(settings, monkeypatch, business, professional, scope, new_clocks, tmp_path: Path):
    """Give an installation in which nothing is red."""
    settings.PUBLIC_URL = "https://book.example.org"
    settings.MAIL_CHANNEL, settings.DEFAULT_FROM_EMAIL = "smtp", "hello@example.org"
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o700)
    monkeypatch.setattr(clock, "real_now", lambda: NOW)
    monkeypatch.setattr(certificates, "look_at", lambda _url: Seen(NOW + 60 * DAY, NOW))
    monkeypatch.setattr(mail.EmailBackend, "open", lambda _self: True)
    monkeypatch.setattr(texts, "call", lambda **_: Answer(401, {"date": format_datetime(NOW)}, b""))
    WorkerHeartbeat.objects.create(process="worker", started_at=NOW, beat_at=NOW)
    note_backup(by=SYSTEM, now=NOW)
    PushKey.objects.create(public="x", sealed=seal("pem"), made_at=NOW)
    _domain(spf="pass", dkim="pass", dmarc="pass")
    OutboxEvent.objects.all().delete()
    return Installation(settings, monkeypatch, business, professional, new_clocks)


def _domain(**states: str) -> None:
    SendingDomain.objects.update_or_create(
        name="example.org", defaults={**states, "checked_at": NOW}
    )


def _refuse_certificate(one: Installation) -> None:
    def look(_url: str) -> Seen:
        error = ssl.SSLCertVerificationError()
        error.verify_message = "certificate has expired"
        raise error

    one.patch.setattr(certificates, "look_at", look)


def _refuse_login(one: Installation) -> None:
    def refuse(_self: object) -> None:
        raise mail.smtplib.SMTPAuthenticationError(535, b"no")

    one.patch.setattr(mail.EmailBackend, "open", refuse)


def _silent_gateway(one: Installation) -> None:
    def silent(**_: object) -> None:
        raise Silence("ConnectTimeout", may_have_arrived=False)

    one.gateway()
    one.patch.setattr(texts, "call", silent)


def _early_gateway(one: Installation) -> None:
    one.gateway()
    early = {"date": format_datetime(NOW - MINUTE)}
    one.patch.setattr(texts, "call", lambda **_: Answer(200, early, b""))


def _forged_pushes(one: Installation) -> None:
    gateway = one.gateway()
    for _ in range(texts.FEW):
        note_refused(source=gateway.pk, now=NOW)


def _moved_clocks(one: Installation) -> None:
    one.appointment()
    one.clocks(Europe__Madrid=WINTER_FOR_EVER)


def _newer_data_elsewhere(one: Installation) -> None:
    key = one.appointment().pk
    Appointment.objects.filter(pk=key).update(tzdata="2099a")


FAULTS: dict[str, tuple[str, str, Callable[[Installation], object]]] = {
    "no worker": ("worker", "clientela worker", lambda _: WorkerHeartbeat.objects.all().delete()),
    "a silent worker": (
        "worker",
        "clientela worker",
        lambda _: WorkerHeartbeat.objects.update(beat_at=NOW - 2 * MINUTE),
    ),
    "events wait": (
        "outbox",
        "worker is running",
        lambda _: OutboxEvent.objects.create(
            name="x.Y", payload={}, occurred_at=NOW - DAY, due_at=NOW - DAY
        ),
    ),
    "messages wait": (
        "messages",
        "worker runs",
        lambda one: one.messages(Reason.QUEUED, send_at=NOW - 11 * MINUTE),
    ),
    "a mail server refuses the log-in": ("mail-server", "CLIENTELA_SMTP_HOST", _refuse_login),
    "no SPF": (
        "mail-domain",
        "v=spf1",
        lambda _: _domain(spf="fail", dkim="pass", dmarc="pass"),
    ),
    "no DKIM": (
        "mail-domain",
        "_domainkey",
        lambda _: _domain(spf="pass", dkim="fail", dmarc="pass"),
    ),
    "no DMARC": (
        "mail-domain",
        "v=DMARC1",
        lambda _: _domain(spf="pass", dkim="pass", dmarc="fail"),
    ),
    "mails come back": (
        "bounces",
        "correct these addresses",
        lambda one: one.messages(*[Reason.BOUNCED_HARD] * 5, *[Reason.DELIVERED] * 45),
    ),
    "a gateway without money": (
        "text-gateways",
        "balance",
        lambda one: one.gateway(failure="20003 no money", failed_at=NOW),
    ),
    "pushes that nobody signed": ("text-gateways", "signs its webhooks", _forged_pushes),
    "a gateway that cannot be reached": ("text-network", "firewall", _silent_gateway),
    "a gateway whose clock differs": ("text-network", "NTP", _early_gateway),
    "keys of pushes of another secret": (
        "push-keys",
        "CLIENTELA_SECRET_KEY_FALLBACKS",
        lambda _: PushKey.objects.update(sealed="nonsense"),
    ),
    "new clocks": ("promises", "moved_appointments", _moved_clocks),
    "old zone data here": ("zone-data-newer", "tzdata", _newer_data_elsewhere),
    "an expired certificate": ("https", "Renew the certificate", _refuse_certificate),
    "a clock that is wrong": (
        "https",
        "NTP",
        lambda one: one.patch.setattr(
            certificates, "look_at", lambda _url: Seen(NOW + 60 * DAY, NOW + MINUTE)
        ),
    ),
    "no backup for long": (
        "backup",
        "clientela backup",
        lambda one: one.patch.setattr(
            "clientela.platform.outside_checks.last_backup", lambda: NOW - 9 * DAY
        ),
    ),
    "a full disk": (
        "disk",
        "CLIENTELA_DATA",
        lambda one: one.patch.setattr(
            checks.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1 << 20})()
        ),
    ),
    "tables of another version": (
        "migrations",
        "clientela manage migrate",
        lambda one: one.patch.setattr(
            checks.MigrationExecutor, "migration_plan", lambda _self, _targets: ["one"]
        ),
    ),
}


def red() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with system_scope("the doctor looks"):
        for finding in examine(now=NOW):
            if finding.grade is Grade.BAD:
                found.setdefault(finding.check, []).append(finding.fix)
    return found


def test_nothing_is_red_where_nothing_is_broken(well: Installation) -> None:
    well.gateway(heard_at=NOW)
    well.messages(Reason.HANDED_OVER, *[Reason.DELIVERED] * 9)
    assert red() == {}
    Message.objects.update(reason=Reason.BOUNCED_HARD, tries=0)  # known before, and not tried
    assert red() == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_turns_exactly_its_own_question_red(well: Installation, fault: str) -> None:
    check, remedy, break_it = FAULTS[fault]
    break_it(well)
    found = red()
    assert list(found) == [check], found
    assert any(remedy in fix for fix in found[check]), found


def test_a_missing_guard_and_armed_failpoints_are_red(well: Installation) -> None:
    with guards.taken_down("append-only.platform_auditevent", why="test"):
        assert list(red()) == ["guards"]
    failpoints.arm("a.b=raise")
    try:
        assert list(red()) == ["clock"]
    finally:
        failpoints.arm("")
