"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WaitingListConfig(AppConfig):
    """The desk's side of the waiting list."""

    name = "clientela.web.desk.waiting_list"
    label = "web_desk_waiting_list"
