"""The addresses of all rooms. Wagtail's page tree comes last and takes the rest."""

from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from contacts import identity_provider
from resources import views as resources_views

from . import organisation_page, private_pages, search_engines, views
from .admin_account import AccountView

# Pages of allauth that LUMEN does without: the editors change an address, since it ties a person to
# an organisation, and no account of another service is tied to a person. The names still resolve.
CLOSED_ACCOUNT_PAGES = r"^konto/(?:(?:email|confirm-email|social|3rdparty/signup)(?:/|$)|3rdparty/$)"

handler429 = "lumen.views.too_many_requests"  # where allauth looks

urlpatterns = [
    path("healthz/", views.healthz, name="healthz"),
    path("robots.txt", search_engines.robots, name="robots"),
    path("sitemap.xml", search_engines.sitemap, name="sitemap"),
    re_path(CLOSED_ACCOUNT_PAGES, RedirectView.as_view(pattern_name="account_request_login_code")),
    path("konto/login/code/confirm/", views.ConfirmLoginCodeView.as_view()),
    path("konto/oidc/<str:provider_id>/login/", identity_provider.log_in),
    path("konto/oidc/<str:provider_id>/login/callback/", identity_provider.callback),
    path("konto/", include("allauth.urls")),
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    # Wagtail's translations for its scripts, with ours for those that it lacks in Swedish.
    path("admin/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "lumen"])),
    path("admin/account/", require_admin_access(AccountView.as_view())),
    path("admin/", include(wagtailadmin_urls)),
    # These have the names of Wagtail's own addresses of documents, whose views do not check access and are left out.
    path("dokument/<int:document_id>/<str:document_filename>", resources_views.document, name="wagtaildocs_serve"),
    path(
        "dokument/authenticate_with_password/<int:restriction_id>/",
        private_pages.document_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", private_pages.page_password),
    path("bilder/<path:name>", resources_views.rendition, name="rendition"),
    path("min-sida/", views.my_page, name="my_page"),
    path("organisationer/<slug:slug>/", organisation_page.organisation_page, name="organisation"),
    # Wagtail's own log-in for pages, which knows no second factor and no limit, is closed; the name still resolves.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("", include("resources.urls")),
    path("", include("meetings.urls")),
    path("", include("contacts.urls")),
    path("", include(wagtail_urls)),
]
