"""A text came in from a person: kept once, linked to who it is, and its word obeyed at once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.conversations.actions.add_entry import add_entry
from clientela.conversations.actions.open_conversation import open_conversation
from clientela.conversations.models import Conversation, Direction, Entry, Medium
from clientela.notify.actions.change_address_state import change_address_state
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.channels.sms.port import NotFromHere
from clientela.notify.channels.sms.registry import gateway_of
from clientela.notify.keyword_words import confirmation
from clientela.notify.models import SenderKind, TextGateway, TextPurpose, Trouble
from clientela.people.actions.record_consent import record_consent
from clientela.people.models import How, NotifyBy
from clientela.people.phones import number_country
from clientela.platform.actor import Actor
from clientela.platform.failpoints import failpoint
from clientela.platform.locking import lock
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope
from clientela.platform.throttle import Limit, allow_each
from clientela.rules.stop_words import Keyword, keyword_of

_SMS: Final = "sms"
_ANSWERED: Final = frozenset({Keyword.STOP, Keyword.START, Keyword.HELP})
# Answers to keywords are caused by whoever writes: no number gets more of them in a day.
ANSWERS_A_DAY: Final = 3


def receive_text(
    *,
    gateway: TextGateway,
    number: str,
    body: str,
    key: str,
    took_for: Keyword | None = None,
    now: datetime,
) -> Entry | None:
    """Keep a genuine text in its thread, with what it causes, in one transaction; ``None`` if it was kept before.

    STOP closes the number for texts of this business at once, START opens it, whatever closed it: who texts can be
    texted. ``took_for`` is what the gateway itself took it for, and goes before our own reading. A lone *cancel*
    is shown to the staff and stops nothing. Unless the gateway confirms by itself, one text does.
    """
    with business_scope(gateway.business_id), transaction.atomic():
        address = _address(number)
        lock(keys=[f"text-in:{gateway.business_id}:{address}"])
        conversation = open_conversation(
            business=gateway.business, medium=Medium.SMS, address=address, now=now
        )
        word = took_for or keyword_of(body)
        entry = add_entry(
            conversation=conversation,
            direction=Direction.IN,
            body=body,
            key=f"{gateway.gateway}:{key}",
            keyword=word or "",
            now=now,
        )
        if entry is None:
            return None
        failpoint("notify.text-in.kept")
        if word in _ANSWERED:
            _obey(gateway, conversation, word, now=now)
        failpoint("notify.text-in.before-commit")
    return entry


def _obey(
    gateway: TextGateway, conversation: Conversation, word: Keyword, *, now: datetime
) -> None:
    """Change the state of the number, keep the evidence, and say so once."""
    changed = True
    if word is not Keyword.HELP:
        changed = change_address_state(
            business_id=gateway.business_id,
            channel=_SMS,
            address=conversation.address,
            trouble=Trouble.STOPPED if word is Keyword.STOP else "",
            because="keyword",
            detail=word.value,
            now=now,
        )
    if changed and word is not Keyword.HELP:
        _keep_consent(conversation, word, now=now)
    if changed:
        _confirm(gateway, conversation, word, now=now)


def _keep_consent(conversation: Conversation, word: Keyword, *, now: datetime) -> None:
    """Keep what the person said, if it is clear who the person is. What they chose on their pages stays chosen."""
    client = conversation.client
    if client is None:
        return
    stops_all = client.notify_by == NotifyBy.NONE
    without_texts = NotifyBy.NONE if stops_all else NotifyBy.EMAIL
    record_consent(
        client=client,
        notify_by=without_texts if word is Keyword.STOP else NotifyBy.EMAIL_AND_SMS,
        how=How.KEYWORD,
        by=Actor.guest(),
        now=now,
    )


def _confirm(
    gateway: TextGateway, conversation: Conversation, word: Keyword, *, now: datetime
) -> None:
    """Answer the word with one text, unless the gateway does, nobody could be reached, or it would be too many."""
    try:
        if gateway_of(gateway).confirms_keywords:
            return
    except NotFromHere:
        return
    if gateway.sender_kind == SenderKind.NAME or not number_country(conversation.address):
        return
    key = f"keyword-answer:{gateway.business_id}:{conversation.address}"
    if not allow_each(uses=[[Limit(key, ANSWERS_A_DAY, 86_400)]], now=now)[0]:
        return
    client = conversation.client
    language = (client.language if client else "") or gateway.business.language
    try:
        send_direct_text(
            business=gateway.business,
            number=conversation.address,
            body=confirmation(word, business=gateway.business, language=language),
            purpose=TextPurpose.KEYWORD,
            now=now,
        )
    except Refusal:
        return  # No gateway any more, or no number that texts reach: there is no way to say it.


def _address(number: str) -> str:
    """Return the number as threads know it: E.164, else what the carrier gave (a short code, a name)."""
    plain = number.strip().replace(" ", "")
    if plain.isdecimal() and len(plain) > len("+000000"):
        plain = f"+{plain}"
    return "".join(one for one in plain if one.isprintable())[:40] or "?"
