"""Every column of every table that a business owns is in the file, or here with the reason why not."""

from __future__ import annotations

from typing import Final, get_args

from django.apps import apps

from clientela.integrations.business_file.bookings import (
    AppointmentEntry,
    SeriesEntry,
    SessionEntry,
)
from clientela.integrations.business_file.families import FamilyMemberEntry, HouseholdEntry
from clientela.integrations.business_file.merges import MergeEntry, SaidOfPairEntry
from clientela.integrations.business_file.messages import (
    AddressEntry,
    AddressEventEntry,
    ConversationEntry,
    MessagesEntry,
    Recipient as FileRecipient,
    Rule as FileRule,
    RuleEntry,
    TemplateEntry,
    Trouble as FileTrouble,
    Way,
    WordEntry,
)
from clientela.integrations.business_file.money import (
    GrantEntry,
    InvoiceEntry,
    MovementEntry,
    PaymentEntry,
    RedemptionEntry,
    SaleEntry,
)
from clientela.integrations.business_file.offer import NeedEntry, PackageEntry, ServiceEntry
from clientela.integrations.business_file.payouts import (
    AdjustmentEntry,
    CommissionEntry,
    MarkerPolicyEntry,
    StatementEntry,
    StatementLineEntry,
)
from clientela.integrations.business_file.people import ClientEntry, ConsentEntry, ContactEntry
from clientela.integrations.business_file.premises import (
    BusinessEntry,
    LocationEntry,
    PolicyEntry,
    ProfessionalEntry,
    ResourceEntry,
    SellingEntry,
)
from clientela.integrations.business_file.waiting import WaitEntry
from clientela.integrations.followed import PARTS
from clientela.notify.models import Recipient, Rule, Trouble
from clientela.notify.reach import CHANNELS
from clientela.people.movers import movers

ORDER, OWNER, PARENT = (
    "the order of the list",
    "the file is one business",
    "the entry stands inside",
)
ACCOUNT, SECRET, DERIVED = (
    "log-ins belong to persons",
    "a secret of this installation",
    "computed anew",
)
GIVEN_UP = "a business is given up in this installation"
SOLD = "what the sale says"
PLACE = "its place in the list"
PROVIDER = "between this installation and the provider of payments"
GATEWAY = "between this installation and the gateway of texts, whose secret stays here"
ALLOWED = "said by a person with their log-in, and log-ins belong to persons"
SENT = "what was sent from here is told here"
STAFF = "told as staff, whether member or invited"
SUMMED = "what its lines and adjustments come to"
ELSEWHERE: Final[dict[str, dict[str, str]]] = {
    "business.Business": {"closed_at": GIVEN_UP, "erase_at": GIVEN_UP, "erased_at": GIVEN_UP},
    "business.Location": {"position": ORDER},
    "business.BookingPolicy": {"id": "one per business"},
    "business.SalesPolicy": {"id": "one per business"},
    "business.Resource": {"position": ORDER},
    "business.Professional": {"resource": "its id", "account": ACCOUNT},
    "catalogue.Service": {"position": ORDER},
    "catalogue.Package": {"position": ORDER},
    "catalogue.ServiceNeed": {"id": "its place in the list", "service": PARENT, "position": ORDER},
    "people.Client": {
        "account": ACCOUNT, "activated_at": ACCOUNT, "record_name": "name", "search_text": DERIVED,
        "welcome_nonce": SECRET, "welcome_digest": SECRET, "welcome_sent_at": "says until when the secret holds",
        "compared_version": DERIVED,
    },
    "people.Consent": {"client": PARENT, "account_id": ACCOUNT, "at": "said_at"},
    "people.Identifier": {"client": PARENT, "kind": "which word is said", "value": "email or phone"},
    "people.Household": {"id": PLACE},
    "people.HouseholdMember": {
        "household": PARENT, "lets_book": ALLOWED, "lets_pay": ALLOWED, "lets_see": ALLOWED,
        "shares_credits": ALLOWED,
    },
    "people.Merge": {
        "at": "joined_at",
        "by_account_id": ACCOUNT, "undone_by_account_id": ACCOUNT, "absorbed_account_id": "had_log_in",
        "refuse_nonce": SECRET, "refuse_digest": SECRET, "refusable_until": "says until when the secret holds",
    },
    "people.PairDecision": {
        "id": PLACE, "first_id": "first", "second_id": "second", "at": "said_at", "by_account_id": ACCOUNT,
    },
    "booking.Series": {},
    "booking.Session": {
        "starts_at": "at", "ends_at": "duration_minutes", "promised_local": "starts",
    },
    "booking.Appointment": {
        "starts_at": "at", "ends_at": "duration_minutes", "promised_local": "starts", "account": ACCOUNT,
        "link_nonce": SECRET, "link_digest": SECRET,
    },
    "booking.WaitingEntry": {"link_nonce": SECRET, "link_digest": SECRET},
    "conversations.Conversation": {},
    "conversations.Entry": {
        "id": PLACE, "conversation": PARENT, "at": "said_at", "by_id": ACCOUNT,
    },
    "notify.MessagePolicy": {
        "id": "one per business", "rules_changed_at": DERIVED,
        "held_since": "whether this installation has a copy that is silent",
        "unsent_told_at": "whom this installation has told so far",
    },
    "notify.MessageRule": {"id": PLACE},
    "notify.MessageTemplate": {"id": PLACE},
    "notify.AddressState": {"id": PLACE},
    "notify.AddressEvent": {"id": PLACE, "state": PARENT, "at": "said_at"},
    "ledger.Sale": {"by_account_id": ACCOUNT},
    "ledger.Grant": {
        "sale": PARENT, "client": SOLD, "credits": SOLD, "applies_on": SOLD, "valid_until": SOLD,
    },
    "ledger.Redemption": {"id": PLACE, "grant": PARENT},
    "ledger.Payment": {"by_account_id": ACCOUNT},
    "ledger.Invoice": {},
    "booking.MarkerPolicyChoice": {"id": PLACE, "by_account_id": ACCOUNT},
    "payouts.CommissionRule": {"id": PLACE, "number": PLACE, "by_account_id": ACCOUNT},
    "payouts.Statement": {
        "id": PLACE, "visits_minor": SUMMED, "adjustments_minor": SUMMED, "total_minor": SUMMED, "by_account_id": ACCOUNT,
    },
    "payouts.StatementLine": {
        "id": PLACE, "statement": PARENT, "professional": PARENT, "adjustment": "taken_up_by of an adjustment",
        "marker": "markers are decided anew", "rule": "commission",
    },
    "payouts.Adjustment": {"id": PLACE, "of_statement": "of", "amount_minor": "is_minor less was_minor"},
    "ledger.Movement": {"id": PLACE, "from_account": "out_of", "to_account": "into"},
}  # fmt: skip
ENTRIES: Final = {
    "business.Business": BusinessEntry,
    "business.Location": LocationEntry,
    "business.BookingPolicy": PolicyEntry,
    "business.SalesPolicy": SellingEntry,
    "business.Resource": ResourceEntry,
    "business.Professional": ProfessionalEntry,
    "catalogue.Service": ServiceEntry,
    "catalogue.Package": PackageEntry,
    "catalogue.ServiceNeed": NeedEntry,
    "people.Client": ClientEntry,
    "people.Consent": ConsentEntry,
    "people.Identifier": ContactEntry,
    "people.Household": HouseholdEntry,
    "people.HouseholdMember": FamilyMemberEntry,
    "people.Merge": MergeEntry,
    "people.PairDecision": SaidOfPairEntry,
    "booking.Series": SeriesEntry,
    "booking.Session": SessionEntry,
    "booking.Appointment": AppointmentEntry,
    "booking.WaitingEntry": WaitEntry,
    "conversations.Conversation": ConversationEntry,
    "conversations.Entry": WordEntry,
    "notify.MessagePolicy": MessagesEntry,
    "notify.MessageRule": RuleEntry,
    "notify.MessageTemplate": TemplateEntry,
    "notify.AddressState": AddressEntry,
    "notify.AddressEvent": AddressEventEntry,
    "ledger.Sale": SaleEntry,
    "ledger.Grant": GrantEntry,
    "ledger.Redemption": RedemptionEntry,
    "ledger.Payment": PaymentEntry,
    "ledger.Invoice": InvoiceEntry,
    "booking.MarkerPolicyChoice": MarkerPolicyEntry,
    "payouts.CommissionRule": CommissionEntry,
    "payouts.Statement": StatementEntry,
    "payouts.StatementLine": StatementLineEntry,
    "payouts.Adjustment": AdjustmentEntry,
    "ledger.Movement": MovementEntry,
}
WHOLE_TABLES: Final = {
    "business.Membership": STAFF,
    "business.Invitation": STAFF,
    "people.CardAnswer": ACCOUNT,
    "people.HouseholdInvitation": ACCOUNT,
    "people.MergeRow": "brought and changed of a merge",
    "people.PartingQuestion": "questions of a merge",
    "people.ClientKey": DERIVED,
    "people.Crowd": DERIVED,
    "people.Suggestion": DERIVED,
    "catalogue.NeedOption": "any_of of a need",
    "catalogue.ServiceProfessional": "professionals of a service",
    "schedule.WeeklyHours": "week of hours",
    "schedule.DatedHours": "open of an exception",
    "schedule.TimeOff": "time_off, as wall-clock times",
    "schedule.Closure": "closures, word for word",
    "schedule.OpenBlock": DERIVED,
    "booking.BusyBlock": DERIVED,
    "booking.Attribution": "decided anew; what a person set is in markers",
    "booking.ReclassifyRequest": "what was asked of the owners here",
    "booking.Occupancy": "professional, resources and buffers",
    "booking.CalendarFeed": SECRET,
    "booking.Seat": "seat of an appointment",
    "booking.WaitingOffer": SENT,
    "catalogue.PackageService": "services of a package",
    "ledger.GrantService": "services of a grant",
    "ledger.LedgerAccount": "out_of and into of a movement",
    "ledger.Seal": "the movements are sealed anew here",
    "ledger.SealedMovement": "the movements are sealed anew here",
    "notify.TextGateway": GATEWAY,
    "notify.TextSpend": GATEWAY,
    "notify.Message": SENT,
    "notify.Attempt": SENT,
    "notify.Receipt": SENT,
    "notify.DirectText": SENT,
    "checkout.ProviderAccount": SECRET,
    "checkout.ProviderEvent": PROVIDER,
    "checkout.PaymentAttempt": PROVIDER,
    "checkout.RefundOrder": PROVIDER,
    "checkout.SimulatedPayment": PROVIDER,
    "checkout.SimulatedRefund": PROVIDER,
    "checkout.SimulatedNews": PROVIDER,
    "checkout.KeptCard": "consent given to one business, for one provider's account",
}
STOREYS: Final = {
    "business", "people", "catalogue", "schedule", "booking", "ledger", "checkout", "conversations", "notify",
    "payouts",
}  # fmt: skip


def _is_of_the_installation(model: type) -> bool:
    """Say whether a table of messages belongs to no business: keys, simulators, devices of persons."""
    return model._meta.app_label == "notify" and model.tenancy == "global"


def test_every_table_of_the_trade_is_in_the_file_or_accounted_for() -> None:
    tables = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in STOREYS and not _is_of_the_installation(model)
    }
    assert tables == ENTRIES.keys() | WHOLE_TABLES.keys()


def test_every_column_is_a_word_of_the_file_or_accounted_for() -> None:
    missing = []
    for label, entry in ENTRIES.items():
        columns = {field.name for field in apps.get_model(label)._meta.concrete_fields} - {
            "business"
        }
        missing += [
            f"{label}.{name}"
            for name in columns - entry.model_fields.keys() - ELSEWHERE[label].keys()
        ]
    assert missing == []


def test_nothing_is_accounted_for_that_does_not_exist() -> None:
    for label, reasons in ELSEWHERE.items():
        columns = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert reasons.keys() <= columns


def test_the_words_of_the_file_are_those_of_the_rows() -> None:
    """The file stands beside messages and may not look; so the two lists are held together here."""
    assert set(get_args(FileRule)) == set(Rule.values)
    assert set(get_args(FileRecipient)) == set(Recipient.values)
    assert set(get_args(FileTrouble)) == {"", *Trouble.values}
    assert set(CHANNELS) == set(get_args(Way))


def test_what_follows_a_card_is_named_in_the_file_or_is_not_in_it() -> None:
    follow = {(one.model._meta.db_table, one.key.column) for one in movers() if not one.stays}
    assert follow == {*PARTS, ("checkout_paymentattempt", "client_id")}
