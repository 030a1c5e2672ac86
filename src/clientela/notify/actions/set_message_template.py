"""Say a message in the business's own words, or in ours again."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from clientela.business.models import Business
from clientela.notify.errors import WordsRefused
from clientela.notify.models import MessageTemplate, Rule
from clientela.notify.queries.words_of import OURS, OwnWords
from clientela.notify.reach import EMAIL, PUSH, SMS
from clientela.notify.template_text import checked_line, checked_lines
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock

LONGEST_SUBJECT: Final = {EMAIL: 180, SMS: 0, PUSH: 80}
LONGEST_BODY: Final = {EMAIL: 2000, SMS: 300, PUSH: 240}
LANGUAGES: Final = tuple(code for code, _name in settings.LANGUAGES)


def set_message_template(
    *,
    business: Business,
    rule: Rule,
    language: str,
    channel: str,
    subject: str = "",
    body: str = "",
    by: Actor,
    now: datetime,
) -> OwnWords:
    """Keep these words for one kind of message to clients, in one language and by one channel; blank ones are ours.

    A text has no subject; a push's is its title. The version goes up with each change, also back to ours, and what was
    sent keeps the one it was written with. Refuses ``WordsRefused`` with the field (see ``template_text``), and
    ``words-unknown`` for a kind, language or channel that has no words of its own.
    """
    words = checked_words(rule=rule, language=language, channel=channel, subject=subject, body=body)
    with transaction.atomic():
        lock(keys=[f"message-words:{business.pk}"])
        row = MessageTemplate.objects.filter(
            business=business, rule=rule, language=language, channel=channel
        ).first()
        if row is None and words == OURS:
            return OURS
        if row is not None and (row.subject, row.body) == (words.subject, words.body):
            return OwnWords(row.subject, row.body, row.version)
        row = row or MessageTemplate(
            business=business, rule=rule, language=language, channel=channel, version=0
        )
        row.subject, row.body, row.changed_at = words.subject, words.body, now
        row.version += 1
        row.save()
        note(
            action="message-words-set",
            subject=row,
            by=by,
            now=now,
            details={
                "rule": rule.value,
                "language": language,
                "channel": channel,
                "version": row.version,
                "ours": words == OURS,
            },
        )
    return OwnWords(row.subject, row.body, row.version)


def checked_words(*, rule: Rule, language: str, channel: str, subject: str, body: str) -> OwnWords:
    """Return the words as they would be kept, or refuse them; for a preview as well."""
    if rule.startswith("staff-") or language not in LANGUAGES or channel not in LONGEST_BODY:
        raise WordsRefused("words-unknown")
    check = checked_lines if channel == EMAIL else checked_line
    kept = check(body, rule=rule, field="body", longest=LONGEST_BODY[channel])
    title = checked_line(subject, rule=rule, field="subject", longest=LONGEST_SUBJECT[channel])
    return OwnWords(subject=title, body=kept, version=0)
