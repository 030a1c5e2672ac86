"""The doctor on certificate, clocks and backups: each fault is one finding with its remedy."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta

import pytest

from clientela.platform import certificates, clock, outside_checks
from clientela.platform.actor import Actor
from clientela.platform.certificates import Seen
from clientela.platform.doctor import Finding, Grade
from clientela.platform.installation import note_backup
from clientela.platform.tenancy import system_scope

pytestmark = [pytest.mark.django_db, pytest.mark.req("L17")]
REAL = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
OK, WARN, BAD = Grade.OK, Grade.WARN, Grade.BAD


def grades(findings: object) -> list[Grade]:
    return [finding.grade for finding in findings]


@pytest.fixture
def seen(settings, monkeypatch):
    """Give a function that sets what the public address shows: a look, or the error it ends in."""
    settings.PUBLIC_URL = "https://book.example.org"
    monkeypatch.setattr(clock, "real_now", lambda: REAL)

    def shows(found: Seen | OSError) -> None:
        def look(_url: str) -> Seen:
            if isinstance(found, OSError):
                raise found
            return found

        monkeypatch.setattr(certificates, "look_at", look)

    return shows


@pytest.mark.parametrize(
    ("left", "date", "expected"),
    [
        (timedelta(days=60), None, [OK]),
        (timedelta(days=60), REAL + timedelta(seconds=30), [OK]),
        (timedelta(days=13), None, [WARN]),
        (timedelta(days=60), REAL + timedelta(seconds=31), [OK, BAD]),
        (timedelta(days=60), REAL - timedelta(hours=1), [OK, BAD]),
    ],
)
@pytest.mark.sqlite
def test_a_certificate_that_ends_and_a_clock_that_differs_are_said(
    seen, now, left, date, expected
) -> None:
    seen(Seen(REAL + left, date))
    assert grades(outside_checks.https_holds(now)) == expected


@pytest.mark.sqlite
def test_a_certificate_that_browsers_refuse_is_bad_and_the_fix_is_to_renew_it(seen, now) -> None:
    error = ssl.SSLCertVerificationError()
    error.verify_message = "certificate has expired"
    seen(error)
    assert list(outside_checks.https_holds(now)) == [
        Finding(
            BAD,
            "Browsers refuse the certificate of book.example.org: certificate has expired.",
            "Renew the certificate in the proxy that stands in front, and let it renew by itself.",
        )
    ]


@pytest.mark.sqlite
def test_an_address_that_cannot_be_reached_from_here_is_a_warning_as_others_may_reach_it(
    seen, now
) -> None:
    seen(TimeoutError())
    (found,) = outside_checks.https_holds(now)
    assert (found.grade, "TimeoutError" in found.text) == (WARN, True)


@pytest.mark.sqlite
def test_an_address_without_https_is_not_asked_for_a_certificate(
    settings, monkeypatch, now
) -> None:
    settings.PUBLIC_URL = "http://127.0.0.1:8000"
    monkeypatch.setattr(certificates, "look_at", pytest.fail)
    assert grades(outside_checks.https_holds(now)) == [OK]


def test_the_database_s_clock_is_compared(now) -> None:
    """On SQLite there is none to compare; a server's is its computer's."""
    assert grades(outside_checks.database_clock_agrees(now)) == [OK]


@pytest.mark.postgres
def test_a_database_server_with_another_time_is_bad(monkeypatch, now) -> None:
    behind = clock.real_now() - timedelta(minutes=2)
    monkeypatch.setattr(clock, "real_now", lambda: behind)
    (found,) = outside_checks.database_clock_agrees(now)
    assert (found.grade, "NTP" in found.fix) == (BAD, True)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (None, WARN),
        (timedelta(days=2), OK),
        (timedelta(days=2, minutes=1), WARN),
        (timedelta(days=8, minutes=1), BAD),
    ],
)
def test_a_backup_grows_old(now, age, expected) -> None:
    with system_scope("a test"):
        if age is not None:
            note_backup(by=Actor.system("test"), now=now - age - timedelta(days=1))
            note_backup(by=Actor.system("test"), now=now - age)
        (found,) = outside_checks.backup_is_young(now)
    assert (found.grade, "clientela backup" in found.fix) == (expected, expected is not OK)
