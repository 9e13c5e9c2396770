"""The room's hooks into Wagtail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from .bare_addresses import ask_about_material
from .drafts.hooks import register_log_actions, share_button
from .drafts.views import SharedDraftView
from .missed_searches import MissedSearchesView
from .models import ResourcePage, ThemePage
from .rich_text import ApprovedDocumentLinkHandler
from .viewsets import ResourceListingViewSet, VocabularyViewSetGroup


@hooks.register("before_copy_page")
def refuse_copies_of_theme_pages(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to copy a theme's page, alone or below another page: a theme has one page only."""
    takes_along = request.POST.get("copy_subpages") and page.get_descendants().type(ThemePage).exists()
    if not takes_along and not issubclass(page.specific_class or Page, ThemePage):
        return None
    messages.error(request, "Ett tema har bara en sida, så den går inte att kopiera. Skapa ett nytt tema först.")
    return redirect("wagtailadmin_explore", page.get_parent().pk)


# After Wagtail's own handler, which it replaces.
@hooks.register("register_rich_text_features", order=10)
def link_to_approved_documents(features: FeatureRegistry) -> None:
    features.register_link_type(ApprovedDocumentLinkHandler)


@hooks.register("insert_editor_js")
def pasted_tables() -> SafeString:
    """The script that keeps the cells apart of a table that is pasted into running text."""
    return format_html('<script src="{}"></script>', static("js/paste_tables.js"))


@hooks.register("list_of_page")
def list_of_material(page: Page) -> str:
    """Where the desk leads when material is published."""
    return reverse("material:index") if isinstance(page, ResourcePage) else ""


@hooks.register("register_admin_viewset")
def material_listing() -> ViewSet:
    return ResourceListingViewSet()


@hooks.register("register_admin_urls")
def missed_searches_url() -> list[URLPattern]:
    return [path("sokt/", MissedSearchesView.as_view(), name="missed_searches")]


@hooks.register("register_admin_urls")
def shared_draft_url() -> list[URLPattern]:
    return [path("utkast/<int:pk>/", SharedDraftView.as_view(), name="shared_draft")]


hooks.register("register_log_actions", register_log_actions)
hooks.register("describe_publication", ask_about_material)
hooks.register("register_page_header_buttons", share_button)


class MissedSearchesMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("resources.view_synonym"))


@hooks.register("register_reports_menu_item")
def missed_searches_menu_item() -> MenuItem:
    address = reverse("missed_searches")
    return MissedSearchesMenuItem("Sökt men inte funnet", address, name="sokt", icon_name="search", order=1200)


@hooks.register("register_admin_viewset")
def vocabulary() -> VocabularyViewSetGroup:
    return VocabularyViewSetGroup()
