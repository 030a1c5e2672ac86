"""The doctor's questions about what surrounds the ground floor: its certificate, the clocks of others, backups."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

from clientela.platform import certificates, clock
from clientela.platform.database import is_postgresql
from clientela.platform.doctor import Finding, bad, check, ok, warn
from clientela.platform.installation import last_backup

CERTIFICATE_ENDS_SOON: Final = timedelta(days=14)
SKEW: Final = timedelta(seconds=30)
"""More than this, and codes of authenticator apps and signatures of webhooks are refused."""
BACKUP_DUE: Final = timedelta(days=2)
BACKUP_OLD: Final = timedelta(days=8)
_BACKUP: Final = "Run `clientela backup FILE` every night, and keep the file on another computer."


@check("https", outside=True)
def https_holds(_now: datetime) -> Iterator[Finding]:
    """Look at the public address as a browser does: a certificate that it accepts, for a while yet."""
    host = urlsplit(settings.PUBLIC_URL).hostname
    if not settings.PUBLIC_URL.startswith("https://"):
        yield ok(f"{settings.PUBLIC_URL} is reached without a certificate.")
        return
    renew = "Renew the certificate in the proxy that stands in front, and let it renew by itself."
    try:
        seen = certificates.look_at(settings.PUBLIC_URL)
    except ssl.SSLCertVerificationError as error:
        yield bad(f"Browsers refuse the certificate of {host}: {error.verify_message}.", renew)
        return
    except OSError as error:
        yield warn(
            f"{host} could not be reached from here: {type(error).__name__}.",
            "Open CLIENTELA_URL from elsewhere; if nobody can, look at the proxy, the firewall and the name.",
        )
        return
    left = seen.expires_at - clock.real_now()
    if left < CERTIFICATE_ENDS_SOON:
        yield warn(f"The certificate of {host} ends in {left.days} days.", renew)
    else:
        yield ok(f"The certificate of {host} holds for {left.days} days.")
    if seen.date is not None:
        yield from skew(of=host or "", says=seen.date)


@check("clock-skew")
def database_clock_agrees(_now: datetime) -> Iterator[Finding]:
    """Compare this process's clock with the database server's, which may be another computer."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not is_postgresql(connection):
        yield ok("The database keeps no clock of its own.")
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        says = cursor.fetchone()[0]
    found = list(skew(of="the database server", says=says))
    yield from found or [ok("The database server's clock agrees.")]


@check("backup")
def backup_is_young(now: datetime) -> Iterator[Finding]:
    """Look when `clientela backup` last wrote one."""
    made_at = last_backup()
    if settings.DEMO:
        yield ok("A demonstration is made anew at each start.")
    elif made_at is None:
        yield warn("No backup has been made by `clientela backup`.", _BACKUP)
    elif now - made_at > BACKUP_OLD:
        yield bad(f"The last backup is {(now - made_at).days} days old.", _BACKUP)
    elif now - made_at > BACKUP_DUE:
        yield warn(f"The last backup is {(now - made_at).days} days old.", _BACKUP)
    else:
        yield ok(f"The last backup is of {made_at:%Y-%m-%d %H:%M} UTC.")


def skew(*, of: str, says: datetime) -> Iterator[Finding]:
    """Say that another computer's clock and this one's differ by more than a moment; nothing when they agree."""
    apart = abs(says - clock.real_now())
    if apart > SKEW:
        yield bad(
            f"This computer's clock and that of {of} are {int(apart.total_seconds())} seconds apart.",
            "Let both keep time by NTP (`timedatectl set-ntp true`), then restart.",
        )
