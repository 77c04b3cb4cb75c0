"""Addresses: one include per app, and the pages for what went wrong."""

from allauth.account import views as door
from django.conf import settings
from django.urls import include, path

from accounts.views import passwords

urlpatterns = [
    path("masuk/", door.login, name="account_login"),
    path("keluar/", door.logout, name="account_logout"),
    path("kata-sandi/", passwords.password_change, name="account_change_password"),
    path("", include("accounts.urls")),
    path("katalog/", include("indicators.urls")),
    path("", include("assessment.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("config.gallery")))
if settings.DEV_TOOLS:
    urlpatterns += [
        path("__debug__/", include("debug_toolbar.urls")),
        path("__reload__/", include("django_browser_reload.urls")),
    ]

handler400 = "accounts.views.errors.bad_request"
handler403 = "accounts.views.errors.refused"
handler404 = "accounts.views.errors.not_found"
