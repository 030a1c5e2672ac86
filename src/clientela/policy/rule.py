"""The words of the policy table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who a route answers. A route lists all of its audiences."""

    ANYONE = "anyone"
    LINK_HOLDER = "link-holder"  # whoever holds an appointment's or invitation's secret link
    ACCOUNT = "account"  # any signed-in person
    OWNER = "owner"
    FRONT_DESK = "front_desk"
    PROFESSIONAL = "professional"
    OPERATOR = "operator"
    SUPPORT = "support"  # a support agent of the installation; the operator is one, too
    API_TOKEN = "api-token"  # noqa: S105 -- the name of an audience, not a secret
    SETUP_CODE = "setup-code"  # whoever can read the server's console, before the first account


STAFF = frozenset({Audience.OWNER, Audience.FRONT_DESK, Audience.PROFESSIONAL})
FRONT = frozenset({Audience.OWNER, Audience.FRONT_DESK})
OWNERS = frozenset({Audience.OWNER})


class Scope(StrEnum):
    """In which tenancy scope the route's queries run."""

    NONE = "none"
    BUSINESS = "business"  # the business named in the address
    ACCOUNT = "account"
    SYSTEM = "system"


class ObjectRule(StrEnum):
    """Which objects of the scope the audience may reach; the view's query enforces it."""

    PUBLIC = "public"  # only what the business publishes
    OF_LINK = "of-link"  # the one object the secret link is bound to
    OF_BUSINESS = "of-business"  # any of the business
    OF_ROLE = "of-role"  # all for owner and desk; a professional's own appointments only
    OF_TOKEN = "of-token"  # noqa: S105 -- the business and scopes the API token was made for
    OWN = "own"  # the signed-in person's
    NONE = "none"


@dataclass(frozen=True)
class Rule:
    """One row of the table. ``methods`` that are not listed are answered 405."""

    audience: frozenset[Audience]
    scope: Scope
    objects: ObjectRule
    methods: frozenset[str] = frozenset({"GET", "HEAD"})
    wants_activation: bool = False
    """Whether a person who has not yet chosen their messages at a business is asked that first."""


def public(*, post: bool = False, scope: Scope = Scope.BUSINESS) -> Rule:
    """A page of a business that anyone may open."""
    return Rule(
        audience=frozenset({Audience.ANYONE}),
        scope=scope,
        objects=ObjectRule.PUBLIC,
        methods=_methods(post=post),
    )


def by_link(*, post: bool = False, post_only: bool = False) -> Rule:
    """A page for whoever holds the secret link of one object."""
    return Rule(
        audience=frozenset({Audience.LINK_HOLDER}),
        scope=Scope.BUSINESS,
        objects=ObjectRule.OF_LINK,
        methods=_methods(post=post, post_only=post_only),
    )


def staff(
    who: frozenset[Audience] = STAFF,
    *,
    objects: ObjectRule = ObjectRule.OF_BUSINESS,
    post: bool = False,
    post_only: bool = False,
) -> Rule:
    """A page of the desk."""
    return Rule(
        audience=who,
        scope=Scope.BUSINESS,
        objects=objects,
        methods=_methods(post=post, post_only=post_only),
    )


def _methods(*, post: bool, post_only: bool = False) -> frozenset[str]:
    if post_only:
        return frozenset({"POST"})
    return frozenset({"GET", "HEAD", "POST"}) if post else frozenset({"GET", "HEAD"})


def own(*, post: bool = False, post_only: bool = False, wants_activation: bool = True) -> Rule:
    """A page of the signed-in person's own: their cards and appointments in every business."""
    return Rule(
        audience=frozenset({Audience.ACCOUNT}),
        scope=Scope.ACCOUNT,
        objects=ObjectRule.OWN,
        methods=_methods(post=post, post_only=post_only),
        wants_activation=wants_activation,
    )
