"""A business's own words for its messages, where it has written any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from clientela.notify.models import Message, MessageTemplate

WordsKey = tuple[str, str, str]
"""Rule, language, channel."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is said in place of ours. A blank subject or body: ours. ``version`` counts the changes."""

    subject: str
    body: str
    version: int


OURS = OwnWords(subject="", body="", version=0)


def words_of(*, business_id: UUID, rule: str, language: str, channel: str) -> OwnWords:
    """Return the words of one message; `OURS` where the business has none in exactly this language and channel.

    Words in another language never stand in: a reader gets ours in their own. One query.
    """
    row = MessageTemplate.objects.filter(
        business_id=business_id, rule=rule, language=language, channel=channel
    ).first()
    return OwnWords(row.subject, row.body, row.version) if row else OURS


def own_words(*, business_ids: Iterable[UUID]) -> dict[UUID, dict[WordsKey, OwnWords]]:
    """Return all words of these businesses, for a batch of messages; one query."""
    found: dict[UUID, dict[WordsKey, OwnWords]] = defaultdict(dict)
    rows = MessageTemplate.objects.filter(business_id__in=set(business_ids)).values_list(
        "business_id", "rule", "language", "channel", "subject", "body", "version"
    )
    for business, rule, language, channel, subject, body, version in rows:
        found[business][rule, language, channel] = OwnWords(subject, body, version)
    return dict(found)


def chosen(*, words: Mapping[WordsKey, OwnWords], message: Message) -> OwnWords:
    """Return the words that a message is to be written with, out of its business's."""
    return words.get((message.rule, message.language, message.channel), OURS)
