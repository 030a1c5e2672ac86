"""Whether a business takes money online, and what of it a person has to look at."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from clientela.business.models import Business
from clientela.checkout.models import (
    EventState,
    KeptCard,
    OrderState,
    PaymentAttempt,
    ProviderAccount,
    ProviderEvent,
    ProviderName,
    RefundOrder,
)
from clientela.checkout.providers.registry import simulator_is_allowed
from clientela.people.models import Client


def online_account(business: Business) -> ProviderAccount | None:
    """Return the account that takes the business's money online now, or ``None``: it can not be paid online.

    A simulated account counts only where payments may be simulated.
    """
    account = ProviderAccount.objects.filter(business=business, ended_at__isnull=True).first()
    if account is None or not is_usable(account):
        return None
    return account


def is_usable(account: ProviderAccount) -> bool:
    """Whether an account may move money in this installation."""
    return account.provider != ProviderName.SIMULATOR or simulator_is_allowed()


def account_of_hook(account_id: UUID) -> ProviderAccount | None:
    """Return the account that an event claims to be for; one that was replaced still answers for old payments."""
    account = ProviderAccount.objects.select_related("business").filter(pk=account_id).first()
    return account if account is not None and is_usable(account) else None


def accounts_behind(account: ProviderAccount) -> list[ProviderAccount]:
    """Return an account and the others its business has had with the same provider, the one named first.

    The address at which a provider was told to push outlives the account it was made for.
    """
    others = ProviderAccount.objects.filter(
        business=account.business_id, provider=account.provider
    ).exclude(pk=account.pk)
    return [account, *others.order_by("-created_at")]


def attempts_at(account: ProviderAccount) -> QuerySet[PaymentAttempt]:
    """Return the attempts to pay by this very account there, also those begun before it was connected anew."""
    return PaymentAttempt.objects.filter(
        business=account.business_id,
        provider_account__provider=account.provider,
        provider_account__remote_id=account.remote_id,
    )


def kept_card(*, client: Client) -> KeptCard | None:
    """Return the card a client lets us charge for not coming, if there is one."""
    return KeptCard.objects.filter(client=client, removed_at__isnull=True).first()


def alarms(*, business: Business) -> list[ProviderEvent]:
    """Return genuine news that a person has to look at, oldest first: wrong amounts, disputes, failed refunds."""
    return list(
        ProviderEvent.objects.filter(business=business, state=EventState.QUARANTINED).order_by(
            "received_at", "id"
        )
    )


def failed_refunds(*, business: Business) -> list[RefundOrder]:
    """Return refunds that the provider will not make, so that a person has to."""
    return list(
        RefundOrder.objects.filter(business=business, state=OrderState.FAILED)
        .select_related("payment__sale__client")
        .order_by("ordered_at", "id")
    )
