"""Who reads the chat: a signed-in person, or the guest of a browser; and which conversation is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from clientela.business.models import Business
from clientela.rules.clock_time import is_known_zone
from clientela.support.queries.threads import earlier_threads, thread_of
from clientela.web.chat.browser import secret_of
from clientela.web.visitor import device_zone

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from clientela.accounts.models import Account
    from clientela.support.models import Thread


@dataclass(frozen=True, slots=True)
class Reader:
    """The person, as far as anybody knows: their account, or what their browser holds; the zone they read times in."""

    account: Account | None
    secret: str
    zone: str
    thread: Thread | None
    earlier: tuple[Thread, ...]

    @property
    def is_guest(self) -> bool:
        """Whether nobody is signed in."""
        return self.account is None

    @property
    def is_new(self) -> bool:
        """Whether a guest has not written yet: then a riddle is asked."""
        return self.is_guest and self.thread is None


def reader_of(request: HttpRequest, *, now: datetime) -> Reader:
    """Find out who reads, and their conversation."""
    secret = secret_of(request)
    account: Account | None = request.user if request.user.is_authenticated else None
    if account is None:
        found = thread_of(secret=secret, now=now) if secret else None
        return Reader(None, secret, zone_of(request, None), found, ())
    return Reader(
        account=account,
        secret=secret,
        zone=zone_of(request, account),
        thread=thread_of(account_id=account.pk, now=now),
        earlier=tuple(earlier_threads(account_id=account.pk, secret=secret)),
    )


def zone_of(request: HttpRequest, account: Account | None) -> str:
    """The zone the person chose, else their device's, else the installation's."""
    chosen = account.zone if account else ""
    return chosen if is_known_zone(chosen) else device_zone(request) or settings.TIME_ZONE


def business_from(request: HttpRequest) -> Business | None:
    """The business from whose page one came, as the address or the form says: a hint for the support, nothing more."""
    slug = request.POST.get("at", "") or request.GET.get("at", "")
    return Business.objects.filter(slug=slug[:100]).first() if slug else None
