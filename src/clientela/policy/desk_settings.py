"""Policy of the settings: owners change them; the front desk enters time off; everybody reads the hours.

A professional reads only their own hours (``OF_ROLE``); nobody of another business finds anything.
"""

from __future__ import annotations

from clientela.policy.rule import FRONT, OWNERS, ObjectRule, Rule, staff

_READ = staff(OWNERS)
_FORM = staff(OWNERS, post=True)
_ACT = staff(OWNERS, post_only=True)

ROUTES: dict[str, Rule] = {
    "desk:settings": staff(objects=ObjectRule.OF_ROLE),
    "desk:settings-hours": staff(objects=ObjectRule.OF_ROLE),
    "desk:settings-time-off": staff(FRONT, post=True),
    "desk:settings-forget-time-off": staff(FRONT, post_only=True),
    "desk:settings-locations": _READ,
    "desk:settings-services": _READ,
    "desk:settings-rooms": _READ,
    "desk:settings-professionals": _READ,
    "desk:settings-team": _READ,
    "desk:settings-business": _FORM,
    "desk:settings-closing": _FORM,
    "desk:settings-new-location": _FORM,
    "desk:settings-location": _FORM,
    "desk:settings-new-service": _FORM,
    "desk:settings-service": _FORM,
    "desk:settings-archive-service": _FORM,
    "desk:settings-offer-service": _ACT,
    "desk:settings-new-room": _FORM,
    "desk:settings-room": _FORM,
    "desk:settings-new-professional": _FORM,
    "desk:settings-professional": _FORM,
    "desk:settings-week": _FORM,
    "desk:settings-dates": _FORM,
    "desk:settings-forget-date": _ACT,
    "desk:settings-closures": _FORM,
    "desk:settings-forget-closure": _ACT,
    "desk:settings-packages": _READ,
    "desk:settings-new-package": _FORM,
    "desk:settings-package": _FORM,
    "desk:settings-archive-package": _FORM,
    "desk:settings-selling": _FORM,
    "desk:settings-sample-invoice": _READ,
    "desk:settings-payments": _FORM,
    "desk:settings-policies": _FORM,
    "desk:settings-preferences": _FORM,
    "desk:settings-messages": _FORM,
    "desk:settings-new-message-rule": _FORM,
    "desk:settings-message-rule": _FORM,
    "desk:settings-quiet-hours": _FORM,
    "desk:settings-message-words": _FORM,
    "desk:settings-texts": _FORM,
    "desk:settings-invite": _FORM,
    "desk:settings-role": _FORM,
    "desk:settings-end": _FORM,
    "desk:settings-resend": _ACT,
    "desk:settings-withdraw": _ACT,
}
