"""All addresses. Fixed words come first; they cannot be a business's slug (``business.slugs``)."""

from __future__ import annotations

from django.urls import include, path

handler404 = "clientela.web.lost.lost"

urlpatterns = [
    path("api/", include("clientela.api.urls")),
    path("client/", include("clientela.web.sign_in.urls")),
    path("client/", include("clientela.web.security.urls")),
    path("client/", include("clientela.web.leaving.urls")),
    path("client/", include("clientela.web.balance.urls")),
    path("", include("clientela.web.client.urls")),
    path("", include("clientela.web.pay.urls")),
    path("", include("clientela.web.installable.urls")),
    path("desk/", include("clientela.web.sign_in.desk_urls")),
    path("desk/", include("clientela.web.desk.urls")),
    path("help/", include("clientela.web.help.urls")),
    path("hooks/", include("clientela.web.hooks.urls")),
    path("operator/", include("clientela.web.operator.urls")),
    path("support/chat/", include("clientela.web.chat.urls")),
    path("support/", include("clientela.web.support_desk.urls")),
    path("setup/", include("clientela.web.setup.urls")),
    path("simulator/", include("clientela.web.simulator.urls")),
    path("", include("clientela.web.portal.urls")),
    path("", include("clientela.web.booking_page.urls")),
]
