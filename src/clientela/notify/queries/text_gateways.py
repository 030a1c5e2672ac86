"""By whom a business's texts leave."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from clientela.notify.models import GatewayName, TextGateway


def open_gateway(*, business_id: UUID) -> TextGateway | None:
    """Return the gateway that a business's texts leave by now, or ``None``: it sends none."""
    return open_gateways(business_ids=[business_id]).get(business_id)


def open_gateways(*, business_ids: Iterable[UUID]) -> dict[UUID, TextGateway]:
    """Return the same for several businesses, in one query; who sends no texts is not in it."""
    rows = TextGateway.objects.filter(business_id__in=set(business_ids), ended_at__isnull=True)
    return {row.business_id: row for row in rows if is_usable(row)}


def is_usable(gateway: TextGateway) -> bool:
    """Whether this installation may use it: the simulated one only where texts may be simulated."""
    return bool(gateway.gateway != GatewayName.SIMULATOR or settings.DEMO or settings.TESTING)


def gateway_of_hook(*, gateway_id: UUID) -> TextGateway | None:
    """Return the gateway that something pushed claims to come from; one that was replaced still tells of its texts."""
    row = TextGateway.objects.select_related("business").filter(pk=gateway_id).first()
    return row if row is not None and is_usable(row) else None


def gateways_behind(*, gateway: TextGateway) -> list[TextGateway]:
    """Return a gateway and the others of its business and kind, the one named first.

    The address that a carrier was told to push to outlives the account it was made for.
    """
    others = TextGateway.objects.filter(
        business=gateway.business_id, gateway=gateway.gateway
    ).exclude(pk=gateway.pk)
    return [gateway, *others.order_by("-created_at", "-id")]
