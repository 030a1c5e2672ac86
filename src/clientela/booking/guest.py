"""Guest: what someone without an account typed into a booking form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guest:
    """A person as typed; becomes a client card by ``people.actions.find_or_register_guest``."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = ""
