"""Policy of the portal door: whoever holds the link of an appointment reaches that appointment only."""

from __future__ import annotations

from clientela.policy.rule import Rule, by_link

ROUTES: dict[str, Rule] = {
    "portal:booked": by_link(),
    "portal:appointment": by_link(),
    "portal:calendar-file": by_link(),
    "portal:confirm": by_link(post_only=True),
    "portal:reschedule": by_link(post=True),
    "portal:cancel": by_link(post=True),
    "portal:pay": by_link(post=True),
    "portal:why": by_link(post=True),
}
