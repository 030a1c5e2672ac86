"""Addresses of the pay door. The fixed words come before what could be a business's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.pay.attempt import attempt
from clientela.web.pay.hook import hook
from clientela.web.pay.sale import sale

app_name = "pay"
urlpatterns: list[URLPattern | URLResolver] = [
    path("pay/hooks/<uuid:account_id>/", hook, name="hook"),
    path("<slug:business>/pay/sale/<str:token>/", sale, name="sale"),
    path("<slug:business>/pay/<str:token>/", attempt, name="attempt"),
]
