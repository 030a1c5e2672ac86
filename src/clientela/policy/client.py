"""Policy of the client room: the signed-in person's own, in every business; and the links of mails to a person."""

from __future__ import annotations

from clientela.policy.rule import Audience, ObjectRule, Rule, Scope, by_link, own

_PERSONAL_LINK = Rule(
    audience=frozenset({Audience.LINK_HOLDER}),
    scope=Scope.NONE,
    objects=ObjectRule.OF_LINK,
    methods=frozenset({"GET", "HEAD", "POST"}),
)

ROUTES: dict[str, Rule] = {
    "client:home": own(),
    "client:activate": own(post=True, wants_activation=False),
    "client:appointment": own(),
    "client:confirm": own(post_only=True),
    "client:move": own(post=True),
    "client:cancel": own(post=True),
    "client:delete": own(post=True),
    "client:again": own(post=True),
    "client:calendar-file": own(),
    "client:card-question": own(post_only=True),
    "client:profile": own(post=True),
    "client:addresses": own(),
    "client:add-address": own(post_only=True),
    "client:primary-address": own(post_only=True),
    "client:remove-address": own(post_only=True),
    "client:two-accounts": own(),
    "client:ask-join": own(post_only=True),
    "client:confirm-join": own(post_only=True),
    "client:household": own(),
    "client:household-ask": own(post_only=True),
    "client:household-withdraw": own(post_only=True),
    "client:household-permissions": own(post_only=True),
    "client:household-leave": own(post_only=True),
    "client:household-child": own(post_only=True),
    "client:requests": own(),
    "client:withdraw-request": own(post_only=True),
    "client:messages": own(post=True),
    "client:push-devices": own(post_only=True),
    "client:why": own(post=True),
    "client:appointment-why": own(post=True),
    "client:calendar": own(),
    "client:renew-feed": own(post_only=True),
    "client:end-feed": own(post_only=True),
    # A mailed link opens these for whoever reads the mailbox, signed in or not.
    "client:prove-address": _PERSONAL_LINK,
    "client:undo-address": _PERSONAL_LINK,
    "client:not-me": _PERSONAL_LINK,
    "client:household-invitation": _PERSONAL_LINK,
    "client:refuse-join": _PERSONAL_LINK,
    "client:undo-join": _PERSONAL_LINK,
    "client:stop": by_link(post=True),
    "client:welcome": by_link(post=True),
    # A calendar program has nothing but the address.
    "client:feed": Rule(
        audience=frozenset({Audience.LINK_HOLDER}),
        scope=Scope.NONE,
        objects=ObjectRule.OF_LINK,
    ),
}
