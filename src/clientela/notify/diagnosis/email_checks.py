"""The first option of the article: e-mail, from the address to the folder it may lie in."""

from __future__ import annotations

from typing import Final

from clientela.notify.diagnosis.facts import Facts, SenderDomain, to_resend
from clientela.notify.diagnosis.finding import (
    Answer,
    Check,
    Fix,
    Group,
    cannot_know,
    failed,
    passed,
)
from clientela.notify.diagnosis.way_out import down
from clientela.notify.models import Reason, Trouble
from clientela.notify.reach import EMAIL
from clientela.rules.mail_hosts import is_large_provider, likely_meant
from clientela.rules.near_miss import slips
from clientela.rules.sender_records import State

_SLIPS_OF_ONE_ADDRESS: Final = 2
_ARRIVED: Final = (Reason.HANDED_OVER, Reason.DELIVERED)


def there_is_an_address(facts: Facts) -> Answer:
    """Whether there is a mailbox to write to."""
    address = facts.mailbox.address
    return passed(address=address) if address else failed(fixes=(Fix.CORRECT_EMAIL,))


def address_is_typed_right(facts: Facts) -> Answer:
    """Compare the address with the one of the booking and with the providers whose names people mistype."""
    address, used = facts.mailbox.address, facts.mailbox.used
    if not address:
        return cannot_know("no-address")
    meant = likely_meant(address)
    if meant:
        return failed("provider", fixes=(Fix.CORRECT_EMAIL,), address=address, meant=meant)
    if used and used != address and slips(used, address) <= _SLIPS_OF_ONE_ADDRESS:
        return failed("booking", fixes=(Fix.CORRECT_EMAIL,), address=address, used=used)
    return passed(address=address)


def address_takes_mail(facts: Facts) -> Answer:
    """Whether mail to it came back for good."""
    box = facts.mailbox
    if not box.address:
        return cannot_know("no-address")
    if box.trouble is Trouble.BOUNCED:
        fixes = (Fix.CORRECT_EMAIL, Fix.OPEN_EMAIL)
        return failed(fixes=fixes, address=box.address, since=box.since)
    return passed(address=box.address)


def reader_takes_our_mail(facts: Facts) -> Answer:
    """Whether the reader called our mail unwanted, or stopped it at the provider."""
    box = facts.mailbox
    if not box.address:
        return cannot_know("no-address")
    if box.trouble in {Trouble.COMPLAINED, Trouble.STOPPED}:
        return failed(fixes=(Fix.OPEN_EMAIL,), address=box.address, since=box.since)
    return passed()


def mailbox_has_room(facts: Facts) -> Answer:
    """Whether the mailbox would not take it for now: full, or away."""
    return _by_lines(facts, Reason.BOUNCED_SOFT)


def no_filter_refused_it(facts: Facts) -> Answer:
    """Whether the receiving side said aloud that it takes us for spam."""
    found = facts.with_reason(Reason.CARRIER_FILTERED, channel=EMAIL)
    if not found:
        return passed()
    return failed(fixes=(Fix.SAFE_LIST, Fix.SEND_AGAIN), messages=to_resend(found))


def mail_server_took_it(facts: Facts) -> Answer:
    """Whether our own mail server cannot be reached, or refused it until it was no news any more."""
    return down(facts, channel=EMAIL) or _by_lines(facts, Reason.PROVIDER_ERROR)


def address_has_room_in_the_budget(facts: Facts) -> Answer:
    """Whether the address had too many mails in an hour or a day: the limit that stops floods."""
    found = facts.with_reason(Reason.POLICY_GATE, channel=EMAIL, because="mail-budget")
    if not found:
        return passed()
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found))


def not_in_another_folder(facts: Facts) -> Answer:
    """Nobody but the reader can look into the folders of a mailbox."""
    if not facts.mailbox.address:
        return cannot_know("no-address")
    went = facts.with_reason(*_ARRIVED, channel=EMAIL)
    if not went:
        return cannot_know("nothing-sent", fixes=(Fix.TEST_MAIL,))
    newest = max(went, key=lambda line: line.at)
    word = "delivered" if newest.reason is Reason.DELIVERED else "handed-over"
    return cannot_know(word, fixes=(Fix.TEST_MAIL,), at=newest.at)


def our_domains_are_in_order(facts: Facts) -> Answer:
    """What receivers check of the domains that mail comes from: the ones to put on the safe list."""
    names = tuple(domain.name for domain in facts.domains)
    if not names:
        return cannot_know("no-domain")
    broken = {domain.name: _broken(domain) for domain in facts.domains if _broken(domain)}
    if broken:
        name, records = next(iter(broken.items()))
        return failed(fixes=(Fix.ASK_OPERATOR, Fix.SAFE_LIST), domain=name, records=records)
    known = all(domain.spf is domain.dmarc is State.PASS for domain in facts.domains)
    said = passed(domains=names) if known else cannot_know("not-looked-up", domains=names)
    return Answer(said.verdict, said.word, said.facts, (Fix.SAFE_LIST,))


def host_is_no_private_one(facts: Facts) -> Answer:
    """Whether there is a host of the reader's own to ask: firms and schools filter before the mailbox does."""
    address = facts.mailbox.address
    if not address:
        return cannot_know("no-address")
    host = address.rpartition("@")[2]
    if is_large_provider(address):
        return passed(host=host)
    return cannot_know("private", fixes=(Fix.SAFE_LIST,), host=host)


def _by_lines(facts: Facts, reason: Reason) -> Answer:
    found = facts.with_reason(reason, channel=EMAIL)
    if not found:
        return passed()
    return failed(fixes=(Fix.SEND_AGAIN,), messages=to_resend(found), address=facts.mailbox.address)


def _broken(domain: SenderDomain) -> tuple[str, ...]:
    records = {"SPF": domain.spf, "DKIM": domain.dkim, "DMARC": domain.dmarc}
    return tuple(name for name, state in records.items() if state is State.FAIL)


_G: Final = Group.EMAIL
CHECKS: Final = (
    Check("email-address", _G, ("S4.1",), there_is_an_address),
    Check("email-typed-right", _G, ("S4.8",), address_is_typed_right),
    Check("email-accepted", _G, ("S4.5",), address_takes_mail),
    Check("email-welcome", _G, ("S4.3",), reader_takes_our_mail),
    Check("email-mailbox", _G, ("S4.5",), mailbox_has_room),
    Check("email-not-filtered", _G, ("S4.3",), no_filter_refused_it),
    Check("mail-server", _G, ("S4.1",), mail_server_took_it),
    Check("email-budget", _G, (), address_has_room_in_the_budget),
    Check("email-folders", _G, ("S4.3",), not_in_another_folder),
    Check("email-domains", _G, ("S4.4",), our_domains_are_in_order),
    Check("email-host", _G, ("S4.5",), host_is_no_private_one),
)
