"""Look at the public records of the domains we send from, and remember what they say."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from clientela.notify.models import SendingDomain
from clientela.notify.queries.sending_domains import Domain, sending_names
from clientela.notify.txt_records import TextRecords, text_records
from clientela.rules.sender_records import (
    State,
    Texts,
    dkim_state,
    dmarc_names,
    dmarc_state,
    spf_state,
)


def look_at_domains(*, ask: TextRecords = text_records, now: datetime) -> list[Domain]:
    """Ask the name servers for SPF, DKIM and DMARC of each sending domain, and keep the answers.

    Outside any transaction: an answer takes up to three seconds. When nobody answered at all what was known before
    stays, until it is too old. The simulator's mails leave by no domain, so nothing is asked.
    """
    if settings.MAIL_CHANNEL == "simulator":
        return []
    found = [_look(name, ask=ask, now=now) for name in sending_names()]
    for one in found:
        if {one.spf, one.dkim, one.dmarc} == {State.UNKNOWN}:
            continue
        SendingDomain.objects.update_or_create(
            name=one.name,
            defaults={"spf": one.spf, "dkim": one.dkim, "dmarc": one.dmarc, "checked_at": now},
        )
    return found


def _look(name: str, *, ask: TextRecords, now: datetime) -> Domain:
    selectors = settings.MAIL_DKIM_SELECTORS
    return Domain(
        name=name,
        spf=spf_state(ask(name)),
        dkim=dkim_state([ask(f"{one}._domainkey.{name}") for one in selectors]),
        dmarc=dmarc_state(_dmarc(name, ask=ask)),
        checked_at=now,
    )


def _dmarc(name: str, *, ask: TextRecords) -> Texts:
    """The records of the nearest place that has any: receivers look at the domain, then at its parents."""
    answers: list[Texts] = []
    for place in dmarc_names(name):
        answers.append(ask(place))
        if answers[-1]:
            return answers[-1]
    return None if None in answers else ()
