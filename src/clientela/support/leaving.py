"""What support tells a person who takes their data along, and what it forgets of one who leaves."""

from __future__ import annotations

from clientela.accounts.erasers import erases_account
from clientela.people.erasers import erases_card
from clientela.people.exporters import tells_of_person
from clientela.support.actions.forget_requests import forget_notes, forget_person
from clientela.support.actions.forget_threads import forget_threads
from clientela.support.queries.requests_told import requests_told
from clientela.support.queries.threads_told import threads_told

erases_account(forget_threads)
erases_account(forget_person)
erases_card()(forget_notes)
tells_of_person("support")(threads_told)
tells_of_person("requests")(requests_told)
