"""The requirement rows, in our own few words; the tests name them by id."""

from __future__ import annotations

ORIGINS = {
    "S0": "One person, one client: duplicates, merging, couples",
    "S1": "Balances, sales and the client record",
    "S2": "The client's account",
    "S3": "Signing in, the portal, changing and cancelling",
    "S4": "Messages, and why one was not received",
}

_TEXT = """
S0.1 every booking says new or returning
S0.2 another account counts as new
S0.3 an equal name never merges
S0.4 one person, several e-mails
S0.5 another channel may count as new
S0.6 the marker explains itself
S0.7 the client reports two accounts by their e-mails
S0.8 support merges
S0.9 a merge corrects the professional's pay
S0.10 a settled pay is adjusted, not edited
S0.11 the professional asks to reclassify a booking
S0.12 a partner who books alone is new
S0.13 the client reports a couple's e-mails
S0.14 only the owners confirm
S0.15 two grounds: same person, household
S0.16 a request waits for the client, visibly
S0.17 support is reached by "Write to us"
S0.18 support bottom left on a desktop
S0.19 support top right on a phone
S0.20 roles: client, professional, support
S0.21 after a merge either e-mail is returning
S0.22 a half-confirmed merge expires
S0.23 merged ids lead to the survivor
S0.24 help articles ask whether they helped
S1.1 an appointment may be pending redemption
S1.2 an appointment may be booked
S1.3 both hold the place
S1.4 no balance: pending redemption
S1.5 with balance: booked
S1.6 a sale turns pending into booked
S1.7 balance is per service
S1.8 only valid balance redeems
S1.9 staff see what is pending
S1.10 warning in the Bookings tab
S1.11 pending payment is said of a sale
S1.12 an unpaid sale already gives balance
S1.13 warning in Accounting
S1.14 a paid sale reads Paid
S1.15 the whole chain
S1.16 the client reads pending payment
S1.17 a sale has an application date
S1.18 a past appointment may stay pending
S1.19 without the date a past one is not redeemed
S1.20 the application date redeems a past one
S1.21 paid on and applied from are two dates
S1.22 validity runs from the application date
S1.23 oldest first, shown before confirming
S1.24 a cancelled unit returns to its grant
S1.25 voiding a sale reopens its appointments
S1.26 a client may be bound to one professional
S1.27 then sees only that professional
S1.28 and cannot book another
S1.29 staff may, on record
S1.30 staff change the notification e-mail
S1.31 the log-in e-mail stands apart
S1.32 it opens the app
S1.33 an active log-in is the client's to change
S1.34 nobody else may
S1.35 the page says why
S1.36 absorbing an old card
S1.37 an e-mail in use is warned of
S1.38 an e-mail may be taken off a card
S1.39 absorbing loses nothing
S1.40 the welcome e-mail
S1.41 the name in the app is the client's
S1.42 two names may differ
S1.43 nothing is sent before activation
S1.44 activation verifies and permits
S1.45 activation is the first access
S1.46 preferences at first access
S1.47 stopping at any time
S1.48 security mail is exempt
S1.49 what was held back is not sent late
S2.1 pay, confirm, rebook, cancel, add to calendar
S2.2 sign in before booking
S2.3 an account is offered after booking
S2.4 a link that creates an account
S2.5 booking without an account
S2.6 businesses are advised to offer accounts
S2.7 the e-mail is verified
S2.8 an unverified account goes after seven days
S2.9 its client card stays
S2.10 phone, tablet, computer
S2.11 phone: sign-in on the page and in the menu
S2.12 phone: an icon opens the account
S2.13 desktop: sign-in top right
S2.14 the profile reaches the business
S2.15 manage, rebook, pay
S2.16 upcoming and past
S2.17 phone, e-mail, birthday propagate
S2.18 the name does not
S2.19 a new e-mail counts once verified
S2.20 deleted appointments disappear
S2.21 a business's end ends its data
S2.22 the page installs on a phone
S2.23 help articles take feedback
S2.24 reviews and card on file, later
S3.1 a visitor may create a log-in
S3.2 one log-in, one card
S3.3 the next booking is prefilled
S3.4 the client sees what is coming
S3.5 changing and cancelling online
S3.6 fewer duplicates
S3.7 the Clients tab holds it all
S3.8 where the switch is
S3.9 log-in off, optional, required
S3.10 off hides it
S3.11 optional forces nobody
S3.12 required closes the guest's way
S3.13 required prompts on the page
S3.14 each mode is explained
S3.15 social log-in
S3.16 social log-in has no reset
S3.17 the way to a reset
S3.18 a new password by mail
S3.19 reset goes to the log-in address
S3.20 the avatar opens the options
S3.21 my profile
S3.22 the pencil
S3.23 edit reschedules, delete cancels
S3.24 the pencil only where it can act
S3.25 where that is set
S3.26 cancelling within the policy
S3.27 enforced by server and links alike
S3.28 rescheduling and cancelling switch apart
S4.1 three kinds of message
S4.2 staff find out why
S4.3 look in the junk folder
S4.4 which domains to trust
S4.5 ask the mail provider
S4.6 mobile, not landline
S4.7 has the number changed?
S4.8 mistyped in the appointment?
S4.9 who sends the text
S4.10 ask the carrier
S4.11 a sudden stop is an opt-out
S4.12 START opts in again
S4.13 replies are read in Messages
S4.14 the desk shows the device's zone
S4.15 another device zone, other times
S4.16 clients choose the zone
S4.17 or it is locked to the location
S4.18 where that is set
S4.19 the zone belongs to the location
S4.20 a manual booking from another zone warns
S4.21 also while away
S4.22 too close to be announced
S4.23 the client's own zone
S4.24 it is compared with the business's
S4.25 e-mail, or e-mail and text
S4.26 where that is edited
S4.27 which zone a client reads
S4.28 every check a machine can make
"""

ROWS: dict[str, str] = dict(line.split(" ", 1) for line in _TEXT.strip().splitlines())
