"""Policy of the desk door: the calendar, appointments, clients and sessions, for everybody on the staff.

``OF_ROLE``: owner and front desk reach the whole business, a professional what is their own.
"""

from __future__ import annotations

from clientela.policy import desk_settings
from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, staff

_LOOK = staff(objects=ObjectRule.OF_ROLE)
_FORM = staff(objects=ObjectRule.OF_ROLE, post=True)
_ACT = staff(objects=ObjectRule.OF_ROLE, post_only=True)

CALENDAR_ROUTES: dict[str, Rule] = {
    "desk:home": Rule(
        audience=frozenset({Audience.ACCOUNT}),
        scope=Scope.ACCOUNT,
        objects=ObjectRule.OWN,
    ),
    "desk:calendar": _LOOK,
    "desk:book": _FORM,
    "desk:find-client": _LOOK,
    "desk:appointment": _LOOK,
    "desk:move": _FORM,
    "desk:cancel": _FORM,
    "desk:decline": _FORM,
    "desk:note": _ACT,
    "desk:act": _ACT,
    "desk:settle-message": _ACT,
    "desk:new-session": _FORM,
    "desk:session": _LOOK,
    "desk:cancel-session": _FORM,
    "desk:clients": _LOOK,
    "desk:new-client": _FORM,
    "desk:client": _LOOK,
    "desk:client-profile": _FORM,
    "desk:client-login-email": _ACT,
    "desk:client-welcome": _ACT,
    "desk:client-accounting": _LOOK,
    "desk:client-messages": _LOOK,
    "desk:client-history": _LOOK,
    "desk:hide": _ACT,
    "desk:add-contact": _ACT,
    "desk:remove-contact": _ACT,
}

ROUTES: dict[str, Rule] = {**CALENDAR_ROUTES, **desk_settings.ROUTES}
