"""What the policy table says of one cell of the matrix: this caller, this address, this method, these rows."""

from __future__ import annotations

from enum import StrEnum
from urllib.parse import urlsplit

from django.http import HttpResponse
from tests.security.addresses import Address
from tests.security.callers import Caller
from tests.security.town import Side

from clientela.policy.rule import STAFF, Audience, ObjectRule, Scope
from clientela.policy.table import TABLE

SAFE = frozenset({"GET", "HEAD"})
LOGIN = "/client/login"
# Rows that are nobody's here: no card of the town waits for anybody's answer, nobody of it lets anybody pay.
NOBODYS = {"client:card-question", "balance:pay-for-family"}
# What an address may name that every client of the business shares.
SHARED = frozenset({"slug", "package_id"})
# A link that anybody may read, and on which only somebody signed in may act.
ASKS_WHO = {"client:household-invitation"}
# Routes that answer "not found" to everybody here, each for its own reason.
CLOSED = {
    "setup:start": "the installation has an account already",
    "account_email": "addresses are changed elsewhere",
    "social_go": "no account elsewhere is configured here",
    "social_return": "likewise",
    "simulator:pay": "nobody pays at the simulator here",
    "hooks:mail": "no provider carries the mail of a test",
    "mfa_login_webauthn": "browsers make no passkeys for a number, and the address here is one",
}


class Outcome(StrEnum):
    """The kinds of answer."""

    PASSES = "passes"
    SIGN_IN = "is sent to sign in"
    NOT_FOUND = "not found"
    NO_TOKEN = "needs a token"
    TOO_SMALL = "its token is too small"
    NO_METHOD = "no such method"
    OPTIONS = "lists the methods"


class Target(StrEnum):
    """Which business the address names, and whose rows."""

    OURS = "ours"
    COLLEAGUE = "our colleague's rows"
    THEIRS = "theirs"
    THEIR_ROWS_AT_OURS = "their rows at our address"
    OUR_ROWS_AT_THEIRS = "our rows at their address"


def expected(  # noqa: PLR0911 -- one answer for each kind of rule
    *, caller: Caller, address: Address, method: str, target: Target, place: Side
) -> Outcome:
    """Read the table."""
    rule = TABLE[address.name]
    if method == "OPTIONS":
        return Outcome.OPTIONS
    if method not in rule.methods:
        return Outcome.NO_METHOD
    if address.name in CLOSED:
        return Outcome.NOT_FOUND
    if rule.audience & STAFF:
        return _staff(caller, rule.audience, rule.objects, target, place)
    if address.name.startswith("api-v1:"):
        return _api(caller, address, rule.audience, method, target, place)
    if Audience.LINK_HOLDER in rule.audience:
        return _link(caller, address, method, place)
    if Audience.ANYONE in rule.audience:
        return Outcome.PASSES
    if not caller.browser.session.get("_auth_user_id"):
        return Outcome.SIGN_IN
    if Audience.ACCOUNT in rule.audience:
        return _own(caller, address, target)
    return Outcome.PASSES if _offices(caller) & rule.audience else Outcome.NOT_FOUND


def _offices(caller: Caller) -> frozenset[Audience]:
    """What somebody is for the installation; its operator may do what a support agent may."""
    if caller.role is Audience.OPERATOR:
        return frozenset({Audience.OPERATOR, Audience.SUPPORT})
    return frozenset({caller.role}) if caller.role is Audience.SUPPORT else frozenset()


def _own(caller: Caller, address: Address, target: Target) -> Outcome:
    """Anybody signed in reaches their own pages; a row only the person whose it is."""
    ours = {Target.OURS, Target.COLLEAGUE} if SHARED.issuperset(address.objects) else {Target.OURS}
    is_mine = caller.name == "client" and target in ours and address.name not in NOBODYS
    return Outcome.PASSES if is_mine or not address.objects else Outcome.NOT_FOUND


def _staff(
    caller: Caller,
    audience: frozenset[Audience],
    objects: ObjectRule,
    target: Target,
    place: Side,
) -> Outcome:
    if not caller.browser.session.get("_auth_user_id"):
        return Outcome.SIGN_IN
    if place is not caller.side or caller.role not in audience:
        return Outcome.NOT_FOUND
    if target in {Target.THEIR_ROWS_AT_OURS, Target.OUR_ROWS_AT_THEIRS}:
        return Outcome.NOT_FOUND
    own_only = objects is ObjectRule.OF_ROLE and caller.role is Audience.PROFESSIONAL
    return Outcome.NOT_FOUND if own_only and target is Target.COLLEAGUE else Outcome.PASSES


def _link(caller: Caller, address: Address, method: str, place: Side) -> Outcome:
    holds_it = caller.link_for(address) in place.links.values()
    if not holds_it or place is not caller.side:
        return Outcome.NOT_FOUND
    asks_who = address.name in ASKS_WHO and method not in SAFE
    return (
        Outcome.SIGN_IN
        if asks_who and not caller.browser.session.get("_auth_user_id")
        else Outcome.PASSES
    )


def _api(
    caller: Caller,
    address: Address,
    audience: frozenset[Audience],
    method: str,
    target: Target,
    place: Side,
) -> Outcome:
    if Audience.API_TOKEN not in audience:
        return Outcome.PASSES
    if caller.holds and Audience.LINK_HOLDER in audience:
        own = {"irene": Target.OURS, "tomas": Target.COLLEAGUE}[caller.holds]
        return Outcome.PASSES if target is own else Outcome.NOT_FOUND
    if not caller.token:
        return Outcome.PASSES if Audience.ANYONE in audience else Outcome.NO_TOKEN
    if place is not caller.side:
        return Outcome.NO_TOKEN
    if method not in SAFE and caller.token != "write":
        return Outcome.TOO_SMALL
    foreign = {Target.THEIR_ROWS_AT_OURS, Target.OUR_ROWS_AT_THEIRS}
    return Outcome.NOT_FOUND if target in foreign else Outcome.PASSES


def outcome_of(response: HttpResponse, address: Address) -> Outcome | str:
    """Read the answer."""
    status = response.status_code
    is_login = status == 302 and urlsplit(response["Location"]).path == LOGIN
    if is_login and _is_guarded(address):
        return Outcome.SIGN_IN
    named = {
        204: Outcome.OPTIONS if "Allow" in response.headers else Outcome.PASSES,
        401: Outcome.NO_TOKEN,
        403: Outcome.TOO_SMALL,
        404: Outcome.NOT_FOUND,
        405: Outcome.NO_METHOD,
    }
    if status in named:
        return named[status]
    # A form that was sent empty, or came too late, was still admitted.
    return (
        Outcome.PASSES
        if status in {200, 201, 301, 302, 303, 400, 409, 422}
        else f"answers {status}"
    )


def _is_guarded(address: Address) -> bool:
    """Whether somebody is sent to sign in by the gate, and not by a page about signing in."""
    rule = TABLE[address.name]
    return rule.scope is not Scope.NONE or not rule.audience & {Audience.ANYONE}


def targets(address: Address, place: Side) -> list[Target]:
    """The targets that differ for an address."""
    found = [Target.OURS]
    if TABLE[address.name].objects is ObjectRule.OWN and address.objects:
        return [Target.OURS, Target.COLLEAGUE, Target.THEIR_ROWS_AT_OURS]
    if "business" in address.parameters:
        found.append(Target.THEIRS)
    if address.objects and "business" in address.parameters:
        found += [Target.THEIR_ROWS_AT_OURS, Target.OUR_ROWS_AT_THEIRS]
        if place.has_rows_of_colleague(address.objects):
            found.append(Target.COLLEAGUE)
    return found
