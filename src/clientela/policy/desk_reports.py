"""Policy of the desk's reports: the money is the owner's; what is to be settled, the front desk's as well."""

from __future__ import annotations

from clientela.policy.rule import FRONT, OWNERS, Rule, staff

_OWNERS = staff(OWNERS)
_FRONT = staff(FRONT)

ROUTES: dict[str, Rule] = {
    "desk:reports": _FRONT,
    "desk:report-takings": _OWNERS,
    "desk:report-takings-file": _OWNERS,
    "desk:report-outstanding": _FRONT,
    "desk:report-outstanding-file": _FRONT,
    "desk:report-unredeemed": _FRONT,
    "desk:report-unredeemed-file": _FRONT,
    "desk:report-credits": _OWNERS,
    "desk:report-credits-file": _OWNERS,
}
