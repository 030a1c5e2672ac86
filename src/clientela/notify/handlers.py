"""Reactions to bookings, log-ins and money: what happened, and which action tells people.

Who hears of which fact about an appointment is ``occasions.py``; when, and by what, the plan of the business.
"""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.events import (
    AccountsJoined,
    AddressAsked,
    AddressProved,
    AddressUndone,
    JoinAsked,
    JoinExpired,
    JoinUndone,
    ProofReminded,
)
from clientela.booking import events
from clientela.booking.models import Appointment
from clientela.business.events import MemberInvited
from clientela.checkout.events import SaleLinkSent
from clientela.checkout.payment_events import (
    FeeCharged,
    PaymentAlarm,
    PaymentReturned,
    RefundFailed,
)
from clientela.ledger.events import PaymentRefunded, PaymentTaken
from clientela.notify.actions import mail_money_alarm
from clientela.notify.actions.carry_unsent import carry_unsent
from clientela.notify.actions.mail_absorbed import mail_absorbed, mail_parted
from clientela.notify.actions.mail_account_join import (
    mail_accounts_joined,
    mail_join_codes,
    mail_join_expired,
    mail_join_undone,
)
from clientela.notify.actions.mail_address_change import (
    mail_address_changed,
    mail_address_proof,
    mail_address_undone,
)
from clientela.notify.actions.mail_fee_charged import mail_fee_charged
from clientela.notify.actions.mail_household import (
    mail_household_answered,
    mail_household_asked,
)
from clientela.notify.actions.mail_invitation import mail_invitation
from clientela.notify.actions.mail_payment import (
    mail_money_back,
    mail_money_returned,
    mail_receipt,
)
from clientela.notify.actions.mail_proof_reminder import mail_proof_reminder
from clientela.notify.actions.mail_sale_link import mail_sale_link
from clientela.notify.actions.mail_support_answer import mail_support_answer
from clientela.notify.actions.mail_welcome import mail_welcome
from clientela.notify.actions.plan_messages import plan_messages
from clientela.notify.actions.release_held import release_held
from clientela.notify.occasions import STAFFS_OWN, Fact, Occasion
from clientela.notify.queries.credits_left import credits_left_now, is_low_told
from clientela.notify.queries.offered import offers, stand_in
from clientela.notify.queries.other_clocks import reads_other_clock
from clientela.notify.queries.planned_lines import PREVIOUS
from clientela.notify.queries.series import SERIES, carrier_of
from clientela.people.events import (
    CardActivated,
    ClientsMerged,
    ClientsParted,
    HouseholdAnswered,
    HouseholdAsked,
    WelcomeSent,
)
from clientela.platform.outbox import on
from clientela.support.events import AnswerUnseen

FACTS: dict[type[events.AppointmentEvent], Fact] = {
    events.AppointmentBooked: Fact.BOOKED,
    events.AppointmentRequested: Fact.REQUESTED,
    events.RequestConfirmed: Fact.CONFIRMED,
    events.RequestDeclined: Fact.DECLINED,
    events.AppointmentRescheduled: Fact.MOVED,
    events.AppointmentCancelled: Fact.CANCELLED,
}
TAKES_CREDIT = frozenset({Fact.BOOKED, Fact.REQUESTED})
WITH = ("business", "client", "professional__account")


@on(*FACTS, name="notify.tell")
def tell(event: events.AppointmentEvent, *, now: datetime) -> None:
    """Plan what everybody hears of the fact, in the transaction of its receipt."""
    appointment = Appointment.objects.select_related(*WITH).filter(pk=event.appointment_id).first()
    if appointment is None:
        return  # Erased between the fact and its telling: there is nobody to tell.
    fact = FACTS[type(event)]
    is_own = event.by in STAFFS_OWN and not _has_left(appointment)
    is_of_series = fact is Fact.BOOKED and appointment.series_id is not None
    left = credits_left_now(appointment=appointment, now=now) if fact in TAKES_CREDIT else None
    occasion = Occasion(
        appointment=appointment,
        fact=fact,
        occurrence=event.sequence,
        # Heard late it did not happen late: a worker that was dead makes nothing too close.
        happened_at=min(now, appointment.changed_at),
        tells_staff=not is_own,
        facts=facts_of(event) | ({SERIES: str(appointment.series_id)} if is_of_series else {}),
        carrier=carrier_of(appointment) if is_of_series else appointment.pk,
        credits_left=left,
        is_low_told=left is not None and is_low_told(appointment=appointment, left=left, now=now),
    )
    plan_messages(occasion=occasion, now=now)


@on(events.PromiseKept, name="notify.follow-promise")
def follow_promise(event: events.PromiseKept, *, now: datetime) -> None:
    """Plan anew what waits for an appointment whose instant new time zone data moved; tell whoever reads another clock."""
    appointment = Appointment.objects.select_related(*WITH).filter(pk=event.appointment_id).first()
    if appointment is None:
        return
    is_told = event.tells and bool(reads_other_clock(appointment))
    if not is_told:
        carry_unsent(appointment=appointment)
    occasion = Occasion(
        appointment=appointment,
        fact=Fact.MOVED if is_told else Fact.STANDS,
        occurrence=event.sequence,
        happened_at=min(now, appointment.changed_at),
        tells_staff=False,
        facts={"by": event.by, "previous_starts_at": event.previous_starts_at.isoformat()},
    )
    plan_messages(occasion=occasion, now=now)


@on(events.AppointmentConfirmedByClient, name="notify.carry-unsent")
def carry(event: events.AppointmentConfirmedByClient, *, now: datetime) -> None:  # noqa: ARG001 -- every handler is told the moment
    """Let what still waits to leave speak on: that the client said "I am coming" overtakes nothing."""
    appointment = Appointment.objects.filter(pk=event.appointment_id).first()
    if appointment is not None:
        carry_unsent(appointment=appointment)


@on(events.FreedTimeOffered, name="notify.tell-waiting")
def tell_waiting(event: events.FreedTimeOffered, *, now: datetime) -> None:
    """Plan what somebody on the waiting list hears of a free time."""
    offer = offers([event.offer_id]).get(event.offer_id)
    if offer is None:
        return
    occasion = Occasion(
        appointment=stand_in(offer),
        fact=Fact.FREED,
        occurrence=0,
        happened_at=min(now, offer.settled_at or now),
        tells_staff=False,
        facts={"by": event.by},
        offer=offer,
    )
    plan_messages(occasion=occasion, now=now)


@on(CardActivated, name="notify.release-held")
def release(event: CardActivated, *, now: datetime) -> None:
    """Send what was held back until the person came in and is still worth knowing."""
    release_held(client_id=event.client_id, now=now)


def _has_left(appointment: Appointment) -> bool:
    """Say whether the client was forgotten at their own wish: the installation cancelled for them, and staff expect them."""
    return appointment.client.erased_at is not None and appointment.business.closed_at is None


def facts_of(event: events.AppointmentEvent) -> dict[str, str]:
    """Return what of the event the letter will need: words, ids and moments, nothing personal."""
    facts = {"by": event.by}
    if isinstance(event, events.AppointmentRescheduled):
        facts["previous_starts_at"] = event.previous_starts_at.isoformat()
        facts[PREVIOUS] = str(event.previous_professional_id)
    if isinstance(event, events.RequestDeclined | events.AppointmentCancelled):
        facts["because"] = event.because
    return facts


@on(MemberInvited)
def send_invitation(event: MemberInvited, *, now: datetime) -> None:
    """Mail the link to somebody who was offered a role."""
    mail_invitation(invitation_id=event.invitation_id, now=now)


@on(ProofReminded)
def remind_of_proof(event: ProofReminded, *, now: datetime) -> None:
    """Mail that an account ends, and how it stays."""
    mail_proof_reminder(account_id=event.account_id, days_left=event.days_left, now=now)


@on(AddressAsked)
def ask_new_address(event: AddressAsked, *, now: datetime) -> None:
    """Ask the new mailbox, or tell its owner that somebody wanted it."""
    mail_address_proof(change_id=event.change_id, now=now)


@on(AddressProved)
def tell_old_address(event: AddressProved, *, now: datetime) -> None:
    """Tell the mailbox that was the log-in, with the way back."""
    mail_address_changed(change_id=event.change_id, now=now)


@on(AddressUndone)
def tell_of_undoing(event: AddressUndone, *, now: datetime) -> None:
    """Tell the mailbox that took it back how to come in."""
    mail_address_undone(change_id=event.change_id, now=now)


@on(JoinAsked)
def ask_both_mailboxes(event: JoinAsked, *, now: datetime) -> None:
    """Send each of the two mailboxes its code."""
    mail_join_codes(join_id=event.join_id, now=now)


@on(JoinExpired)
def tell_of_expiry(event: JoinExpired, *, now: datetime) -> None:
    """Tell both mailboxes that nothing was joined."""
    mail_join_expired(join_id=event.join_id, now=now)


@on(AccountsJoined)
def tell_of_joining(event: AccountsJoined, *, now: datetime) -> None:
    """Tell both mailboxes, with the way back."""
    mail_accounts_joined(join_id=event.join_id, now=now)


@on(JoinUndone)
def tell_of_parting(event: JoinUndone, *, now: datetime) -> None:
    """Tell both mailboxes that there are two accounts again."""
    mail_join_undone(join_id=event.join_id, now=now)


@on(WelcomeSent)
def send_welcome(event: WelcomeSent, *, now: datetime) -> None:
    """Mail a client the door to their own account."""
    mail_welcome(client_id=event.client_id, now=now)


@on(ClientsMerged, name="notify.tell-absorbed")
def tell_absorbed(event: ClientsMerged, *, now: datetime) -> None:
    """Mail a log-in that its card became part of another, with the way to say no."""
    mail_absorbed(merge_id=event.merge_id, now=now)


@on(ClientsParted, name="notify.tell-parted")
def tell_parted(event: ClientsParted, *, now: datetime) -> None:
    """Mail both that their cards are two again."""
    mail_parted(merge_id=event.merge_id, now=now)


@on(HouseholdAsked, name="notify.ask-household")
def ask_household_mailbox(event: HouseholdAsked, *, now: datetime) -> None:
    """Ask a mailbox whether its reader belongs to whoever named it."""
    mail_household_asked(invitation_id=event.invitation_id, now=now)


@on(HouseholdAnswered, name="notify.tell-household")
def tell_household(event: HouseholdAnswered, *, now: datetime) -> None:
    """Tell both that they belong together, or that nobody answered."""
    mail_household_answered(invitation_id=event.invitation_id, now=now)


@on(PaymentTaken, name="notify.send-receipt")
def send_receipt(event: PaymentTaken, *, now: datetime) -> None:
    """Mail a client that their money came."""
    mail_receipt(payment_id=event.payment_id, now=now)


@on(PaymentRefunded, name="notify.tell-money-back")
def tell_money_back(event: PaymentRefunded, *, now: datetime) -> None:
    """Mail a client that money went back."""
    mail_money_back(payment_id=event.payment_id, now=now)


@on(PaymentReturned, name="notify.tell-money-returned")
def tell_money_returned(event: PaymentReturned, *, now: datetime) -> None:
    """Mail a client that what came too late, or twice, goes back by itself."""
    mail_money_returned(attempt_id=event.attempt_id, now=now)


@on(SaleLinkSent)
def send_sale_link(event: SaleLinkSent, *, now: datetime) -> None:
    """Mail a client the link that pays a sale."""
    mail_sale_link(sale_id=event.sale_id, now=now)


@on(FeeCharged, name="notify.tell-fee")
def tell_fee(event: FeeCharged, *, now: datetime) -> None:
    """Mail a client that their card paid for a missed appointment."""
    mail_fee_charged(sale_id=event.sale_id, appointment_id=event.appointment_id, now=now)


@on(PaymentAlarm, name="notify.alarm-of-news")
def alarm_of_news(event: PaymentAlarm, *, now: datetime) -> None:
    """Mail the owners that a provider said something that does not fit."""
    mail_money_alarm.mail_money_alarm(
        business_id=event.business_id, what=mail_money_alarm.NEWS, now=now
    )


@on(RefundFailed, name="notify.alarm-of-refund")
def alarm_of_refund(event: RefundFailed, *, now: datetime) -> None:
    """Mail the owners that a provider will not give money back."""
    mail_money_alarm.mail_money_alarm(
        business_id=event.business_id, what=mail_money_alarm.REFUND, now=now
    )


@on(AnswerUnseen, name="notify.tell-answer")
def tell_answer(event: AnswerUnseen, *, now: datetime) -> None:
    """Mail whoever wrote to the support what it answered."""
    mail_support_answer(thread_id=event.thread_id, now=now)
