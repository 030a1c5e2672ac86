"""Tables of the people storey."""

from clientela.people.models.client import Client
from clientela.people.models.identifier import Identifier, IdentifierKind

__all__ = ["Client", "Identifier", "IdentifierKind"]
