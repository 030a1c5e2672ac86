"""Cards of the demo that are somebody's second one, or nearly: the desk's page of duplicates has something to show.

They are written as the front desk writes them at the telephone, and compared at once, as the worker would within
minutes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clientela.people.actions.compare_business import compare_business
from clientela.people.actions.register_client import register_client
from clientela.platform.actor import Actor
from clientela.platform.tenancy import business_scope

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.business.models import Business

AT_THE_TELEPHONE: Final = {
    "fisioterapia-ejemplo": (
        ("Rosa Demo", "", "912 000 111"),  # Rosa Demo Vidal, who has a card already
        ("Luis Muestra Ortega", "", "+34 600 000 012"),  # lives with Ana Prueba
        ("Emma Specimen", "emma.specimen.madrid@example.com", "600 000 498"),  # another Emma
    ),
    "studio-esempio": (("Samuel Sample", "", "+1 212 555 0143"),),
    "kestrel-hair": (("Giulia Campioni", "", "+39 312 000 0045"),),
}
"""Name, address and number, by the business's address on the web."""


def arrange(*, business: Business, now: datetime) -> None:
    """Write the cards of this business, and hold all of its cards beside each other."""
    by = Actor.system("clientela demo")
    with business_scope(business.pk):
        for name, email, phone in AT_THE_TELEPHONE.get(business.slug, ()):
            register_client(
                business=business, name=name, emails=[email], phones=[phone], by=by, now=now
            )
    compare_business(business=business, now=now)
