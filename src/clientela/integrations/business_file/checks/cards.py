"""Contacts can be reached, and each stands once on its card; so does each member of staff."""

from __future__ import annotations

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.people import ContactEntry
from clientela.integrations.business_file.problems import Problems
from clientela.people.emails import parse_email
from clientela.people.errors import EmailInvalid, PhoneInvalid
from clientela.people.phones import parse_phone
from clientela.rules.name_match import normalise_email

Reached = tuple[str, str]
"""The kind of a contact and its comparable value."""


def check_cards(document: BusinessFile, *, problems: Problems) -> dict[tuple[int, int], Reached]:
    """Note contacts that reach nobody; return the others by (client's number, contact's number)."""
    reached: dict[tuple[int, int], Reached] = {}
    country = home_country(document)
    for number, client in enumerate(document.clients):
        on_card: set[Reached] = set()
        for step, contact in enumerate(client.contacts):
            found = _read(contact, country, problems, "clients", number, "contacts", step)
            if found is None:
                continue
            if found in on_card:
                problems.add("is on this card already", "clients", number, "contacts", step)
            on_card.add(found)
            reached[number, step] = found
    return reached


def check_staff(document: BusinessFile, *, problems: Problems) -> None:
    """Note addresses of staff that are none, or stand twice, and roles without their person."""
    seen: set[str] = set()
    for number, member in enumerate(document.staff):
        address = normalise_email(member.email)
        if address in seen:
            problems.add("is on the staff already", "staff", number, "email")
        seen.add(address)
        if member.role == "professional" and member.professional is None:
            problems.add("is missing for this role", "staff", number, "professional")


def home_country(document: BusinessFile) -> str:
    """Return the country in which numbers without a prefix are read, or a blank."""
    return next((entry.country for entry in document.locations if entry.country), "")


def _read(
    contact: ContactEntry, country: str, problems: Problems, *place: str | int
) -> Reached | None:
    try:
        if contact.email:
            return "email", parse_email(contact.email)
        return "phone", parse_phone(contact.phone or "", country=country).e164
    except EmailInvalid:
        problems.add("no mail could arrive there", *place, "email")
    except PhoneInvalid:
        problems.add("is no telephone number", *place, "phone")
    return None
