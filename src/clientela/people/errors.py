"""What people/ may refuse, in the words that page, API and audit share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class NameMissing(Refusal):
    """A card without a name could not be told from another."""

    reason = "name-missing"


class EmailInvalid(Refusal):
    """No mail could ever arrive there."""

    reason = "email-invalid"


class PhoneInvalid(Refusal):
    """Not a telephone number of any country."""

    reason = "phone-invalid"


class ZoneUnknown(Refusal):
    """Not the name of a time zone."""

    reason = "zone-unknown"


class ContactUnknown(Refusal):
    """The contact to be removed is not on this card."""

    reason = "contact-unknown"
