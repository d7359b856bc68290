"""Addresses of the API that the event, its people and their registrations answer; the other apps add theirs."""

from django.urls import path

from . import docs, views

EVENT = "events/<slug:event>/"
REGISTRATION = EVENT + "registrations/<int:registration>/"

urlpatterns = [
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
    path("events/", views.EventsView.as_view(), name="events"),
    path(EVENT, views.EventView.as_view(), name="event"),
    path(EVENT + "themes/", views.ThemesView.as_view(), name="themes"),
    path(EVENT + "themes/<int:theme>/", views.ThemeView.as_view(), name="theme"),
    path(EVENT + "roles/", views.RolesView.as_view(), name="roles"),
    path(EVENT + "roles/<slug:role>/", views.RoleView.as_view(), name="role"),
    path(EVENT + "registrations/", views.RegistrationsView.as_view(), name="registrations"),
    path(REGISTRATION, views.RegistrationView.as_view(), name="registration"),
]

urlpatterns += [
    path(f"{REGISTRATION}{act}/", views.RegistrationActView.as_view(act=act), name=f"{act}_registration")
    for act in views.VERBS
]
