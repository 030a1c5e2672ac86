"""What a diagnosis consists of: verdicts, the ways out, and one finding for each check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

if TYPE_CHECKING:
    from clientela.notify.diagnosis.facts import Facts


class Verdict(StrEnum):
    """How a check ended. ``unknown``: no machine can say; a person is told what to look at or whom to ask."""

    PASS = "pass"  # noqa: S105 -- the name of a verdict
    FAIL = "fail"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """What a check is about, in the order in which people are asked."""

    SENDING = "sending"
    EMAIL = "email"
    TEXT = "text"
    PUSH = "push"
    ZONE = "zone"
    CHOICE = "choice"


class Fix(StrEnum):
    """A way out. The doors decide which of them their readers may take, and how it is drawn."""

    SEND_AGAIN = "send-again"
    TEST_MAIL = "test-mail"
    TEST_TEXT = "test-text"
    MAIL_START = "mail-start"
    START_WORDS = "start-words"
    OPEN_EMAIL = "open-email"
    OPEN_NUMBER = "open-number"
    CORRECT_EMAIL = "correct-email"
    CORRECT_NUMBER = "correct-number"
    CORRECT_ZONE = "correct-zone"
    CORRECT_APPOINTMENT = "correct-appointment"
    LOCK_ZONE = "lock-zone"
    CHOOSE_EMAIL = "choose-email"
    CHOOSE_BOTH = "choose-both"
    WELCOME = "welcome"
    PROVE = "prove"
    RULES = "rules"
    GATE = "gate"
    GATEWAY = "gateway"
    INBOX = "inbox"
    DEVICES = "devices"
    SAFE_LIST = "safe-list"
    ASK_CARRIER = "ask-carrier"
    ASK_OPERATOR = "ask-operator"


class Reader(StrEnum):
    """For whom a check is made."""

    STAFF = "staff"
    CLIENT = "client"
    GUEST = "guest"

    @property
    def is_client(self) -> bool:
        """Whether the client reads it: signed in, or by the link of the one appointment."""
        return self is not Reader.STAFF


EVERYBODY: Final = frozenset(Reader)
STAFF_ONLY: Final = frozenset({Reader.STAFF})
NOT_BY_LINK: Final = frozenset({Reader.STAFF, Reader.CLIENT})


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check says: the verdict, plain values for the sentence, and the ways out, the best one first.

    ``word`` tells apart the sentences of one verdict. ``bears`` is false where something is wrong that cannot be
    why the message is missing, such as a landline where no texts are wanted. ``messages`` are those to send again.
    """

    verdict: Verdict
    word: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()
    messages: tuple[UUID, ...] = ()
    bears: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """One question. ``name`` is stable: page, API and test share it; ``rows`` are the requirements it answers."""

    name: str
    group: Group
    rows: tuple[str, ...]
    ask: Callable[[Facts], Answer]
    readers: frozenset[Reader] = EVERYBODY


@dataclass(frozen=True, slots=True)
class Finding:
    """A check and its answer."""

    check: str
    group: Group
    answer: Answer

    @property
    def verdict(self) -> Verdict:
        """How it ended."""
        return self.answer.verdict

    @property
    def is_cause(self) -> bool:
        """Whether it can be why the message is missing."""
        return self.answer.verdict is Verdict.FAIL and self.answer.bears

    @property
    def fixes(self) -> tuple[Fix, ...]:
        """The ways out."""
        return self.answer.fixes


def passed(word: str = "", **facts: Any) -> Answer:  # noqa: ANN401 -- plain values of a sentence
    """Nothing is wrong here."""
    return Answer(Verdict.PASS, word, facts)


def failed(
    word: str = "",
    *,
    fixes: tuple[Fix, ...] = (),
    messages: tuple[UUID, ...] = (),
    bears: bool = True,
    **facts: Any,  # noqa: ANN401 -- plain values of a sentence
) -> Answer:
    """This is wrong, and what can be done."""
    return Answer(Verdict.FAIL, word, facts, fixes, messages, bears)


def cannot_know(word: str = "", *, fixes: tuple[Fix, ...] = (), **facts: Any) -> Answer:  # noqa: ANN401 -- plain values
    """No machine can say; what a person can look at."""
    return Answer(Verdict.UNKNOWN, word, facts, fixes)
