"""Addresses of the operator door."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from clientela.web.operator import acts, agents, home, parts

app_name = "operator"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("agents/", agents.agents, name="agents"),
    path("agents/<uuid:agent_id>/end/", agents.end_agent, name="end-agent"),
    path("design/", parts.design, name="design"),
    path("messages/<uuid:message_id>/resend/", acts.resend, name="resend"),
    path("messages/<uuid:message_id>/leave/", acts.leave, name="leave"),
    path("release/", acts.release, name="release"),
    path("retry-events/", acts.retry_events, name="retry-events"),
]
