"""The addresses of signing in: a code by e-mail, two-step codes. No account to create, no password, no social login.

allauth's own list holds a page per feature; what is not here is not reachable.
"""

from __future__ import annotations

from allauth.account import views
from django.urls import include, path
from django.views.generic import RedirectView

#: Names that allauth's own code asks for: they lead to the one way in.
to_the_code = RedirectView.as_view(pattern_name="account_request_login_code", query_string=True)
to_the_account = RedirectView.as_view(pattern_name="hackathon:account")

urlpatterns = [
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/", include("allauth.mfa.urls")),
    path("login/", to_the_code, name="account_login"),
    path("signup/", to_the_code, name="account_signup"),
    path("confirm-email/", to_the_code, name="account_email_verification_sent"),
    path("email/", to_the_account, name="account_email"),
]
