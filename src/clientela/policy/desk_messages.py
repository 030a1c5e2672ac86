"""Policy of the desk's messages: who reads what clients write, answers them, and sees what was sent.

A professional reaches the threads, and the messages, of clients who have been booked with them.
"""

from __future__ import annotations

from clientela.policy.rule import ObjectRule, Rule, staff

_LOOK = staff(objects=ObjectRule.OF_ROLE)
_ACT = staff(objects=ObjectRule.OF_ROLE, post_only=True)

ROUTES: dict[str, Rule] = {
    "desk:messages": _LOOK,
    "desk:messages-sent": _LOOK,
    "desk:conversation": _LOOK,
    "desk:conversation-answer": _ACT,
    "desk:conversation-measure": _ACT,
    "desk:conversation-card": _ACT,
    "desk:conversation-aside": _ACT,
    "desk:conversation-read": _ACT,
    "desk:conversation-unread": _ACT,
}
