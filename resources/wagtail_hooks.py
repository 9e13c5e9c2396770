"""The room's hooks into Wagtail."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import ModelAdminURLFinder, register_admin_url_finder
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from .bare_addresses import ask_about_material
from .drafts.hooks import register_log_actions, share_button
from .drafts.views import SharedDraftView
from .missed_searches import MissedSearchesView
from .models import DocumentVersion, ResourcePage, ThemePage
from .permissions import DocumentVersionPolicy
from .rich_text import ApprovedDocumentLinkHandler
from .versions import views as versions
from .versions.log_actions import register_log_actions as register_version_actions
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


@hooks.register("register_admin_urls")
def version_urls() -> list[URLPattern]:
    return [
        path("dokument/<int:pk>/ny-version/", versions.UploadVersionView.as_view(), name="document_version_add"),
        path("dokument/<int:pk>/utkast/", versions.DraftVersionView.as_view(), name="document_version_draft"),
        path("dokument/<int:pk>/utkast/kasta/", versions.DiscardVersionView.as_view(), name="document_version_discard"),
        path(
            "dokument/<int:pk>/version/<int:number>/",
            versions.VersionFileView.as_view(),
            name="document_version_file",
        ),
        path(
            "dokument/<int:pk>/version/<int:number>/igen/",
            versions.BringBackVersionView.as_view(),
            name="document_version_bring_back",
        ),
    ]


class DocumentVersionURLFinder(ModelAdminURLFinder):
    """The address of a draft's own page, or of the document's form, where the earlier versions are."""

    def construct_edit_url(self, instance: DocumentVersion) -> str:
        name = "document_version_draft" if instance.is_draft else "wagtaildocs:edit"
        return reverse(name, args=[instance.document_id])


register_admin_url_finder(DocumentVersion, DocumentVersionURLFinder)
register_permission_policy(DocumentVersion, DocumentVersionPolicy())
hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", register_version_actions)
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
