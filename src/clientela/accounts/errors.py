"""What accounts/ may refuse."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class EmailInvalid(Refusal):
    """Not an address that mail could reach."""

    reason = "email-invalid"


class EmailTaken(Refusal):
    """An account has this address. Only ever told to somebody who may know it."""

    reason = "email-taken"


class PasswordRefused(Refusal):
    """The password is too short, too common or too much like the name; ``facts`` hold sentences."""

    reason = "password-refused"


class AccountGone(Refusal):
    """The account was not proved in time, or was erased: there is nothing left to act on."""

    reason = "account-gone"


class NotYours(Refusal):
    """Only the person changes what is theirs: no role, no token, no operator."""

    reason = "not-yours"


class AddressUnknown(Refusal):
    """The address is not one of this account's."""

    reason = "address-unknown"


class AddressUnproved(Refusal):
    """An address nobody has proved cannot be logged in with."""

    reason = "address-unproved"


class AddressStands(Refusal):
    """The person has this address already; there is nothing to add."""

    reason = "address-stands"


class TooManyAddresses(Refusal):
    """A person has only so many addresses, and asks for only so many in a day; ``limit`` says how many."""

    reason = "too-many-addresses"


class PrimaryStays(Refusal):
    """The log-in address is replaced by another, never taken away."""

    reason = "primary-stays"


class AddressGuarded(Refusal):
    """The address may still undo a change, and stays until then; ``until`` says when."""

    reason = "address-guarded"


class LinkClosed(Refusal):
    """The mailed link is unknown, was used, or its time is over: all three look alike."""

    reason = "link-closed"


class NameMissing(Refusal):
    """A person is called something."""

    reason = "name-missing"


class PhoneInvalid(Refusal):
    """Not a number in international form."""

    reason = "phone-invalid"


class BirthdayInvalid(Refusal):
    """Not a day on which a living person was born."""

    reason = "birthday-invalid"


class LanguageUnknown(Refusal):
    """Not a language this installation speaks."""

    reason = "language-unknown"


class ZoneUnknown(Refusal):
    """Not the name of a time zone."""

    reason = "zone-unknown"


class OwnAddress(Refusal):
    """The address named is one of the person's already: there is nothing to join."""

    reason = "own-address"


class TooManyJoins(Refusal):
    """Enough wishes to join accounts for a day."""

    reason = "too-many-joins"


class CodeWrong(Refusal):
    """Not the code that was mailed."""

    reason = "code-wrong"


class JoinClosed(Refusal):
    """The wish to join was answered, refused, or its time or its tries are over; or it was another session's."""

    reason = "join-closed"


class WorksHere(Refusal):
    """The account works for a business, or runs the installation: it is not absorbed."""

    reason = "works-here"


class NoSuchAccount(Refusal):
    """No account has proved this address. Only ever told to the operator."""

    reason = "no-such-account"
