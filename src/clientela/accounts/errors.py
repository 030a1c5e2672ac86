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
