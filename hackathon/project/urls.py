"""All addresses: French without a prefix, English under /en/; what has no language (admin, API, health) first."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
]

urlpatterns += i18n_patterns(
    path("account/", include("allauth.urls")),
    path("", include("judging.urls")),
    path("", include("teams.urls")),
    path("", include("hackathon.urls")),
    prefix_default_language=False,
)

