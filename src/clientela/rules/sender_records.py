"""What the public records of a sending domain say to those who receive its mail: SPF, DKIM and DMARC.

Pure: the texts come from whoever can ask. ``None`` means that nobody answered, which is not the same as no record.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

Texts = Sequence[str] | None


class State(StrEnum):
    """Whether a record is as receivers want it; UNKNOWN when it could not be looked at."""

    PASS = "pass"  # noqa: S105 -- a verdict
    FAIL = "fail"
    UNKNOWN = "unknown"


def spf_state(texts: Texts) -> State:
    """Pass exactly one SPF record that does not let the whole world send.

    Two are an error to receivers, and so is none (RFC 7208, 4.5). Whether the one names *our* server is not
    decided here: that takes the receiver's view of the connection.
    """
    if texts is None:
        return State.UNKNOWN
    found = [text for text in texts if _version(text, "v=spf1")]
    if len(found) != 1:
        return State.FAIL
    words = found[0].casefold().split()
    return State.FAIL if {"+all", "all"} & set(words) else State.PASS


def dkim_state(answers: Sequence[Texts]) -> State:
    """Pass when one selector's record holds a key. ``answers`` has one entry per selector; none: not known.

    An empty ``p=`` is a key taken back (RFC 6376, 3.6.1).
    """
    if any(_has_key(text) for texts in answers if texts is not None for text in texts):
        return State.PASS
    if not answers or any(texts is None for texts in answers):
        return State.UNKNOWN
    return State.FAIL


def dmarc_state(texts: Texts) -> State:
    """Pass exactly one DMARC record with a policy of the three there are (RFC 7489, 6.3 and 6.6.3)."""
    if texts is None:
        return State.UNKNOWN
    found = [text for text in texts if _version(text, "v=dmarc1")]
    if len(found) != 1:
        return State.FAIL
    return (
        State.PASS if _tags(found[0]).get("p") in {"none", "quarantine", "reject"} else State.FAIL
    )


def dmarc_names(domain: str) -> tuple[str, ...]:
    """Return where a domain's DMARC record may stand: at the domain itself, else at its parents, never at a top level."""
    labels = domain.split(".")
    return tuple(f"_dmarc.{'.'.join(labels[skip:])}" for skip in range(max(1, len(labels) - 1)))


def _version(text: str, word: str) -> bool:
    begin = text.strip().casefold()
    return begin == word or begin.startswith((f"{word} ", f"{word};"))


def _has_key(text: str) -> bool:
    tags = _tags(text)
    return bool(tags.get("p")) and tags.get("v", "dkim1") == "dkim1"


def _tags(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().casefold(): value.strip().casefold() for name, _, value in pairs}
