"""What the wall and the desk add to Wagtail. Registration only."""

from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from .log_actions import register_log_actions
from .page_views import DeskPageViewSet
from .views import DeskView
from .ways import lead_several_to_desk, lead_to_desk

hooks.register("register_log_actions", register_log_actions)
# Last, so that what another room has to say before a publication is heard.
hooks.register("before_publish_page", lead_to_desk, order=1000)
hooks.register("before_bulk_action", lead_several_to_desk, order=1000)


# After Wagtail's own views of pages, which they replace, and before those of a single page type.
@hooks.register("register_admin_viewset", order=1)
def register_page_views() -> DeskPageViewSet:
    return DeskPageViewSet()


@hooks.register("register_admin_urls")
def register_desk() -> list[URLPattern | URLResolver]:
    patterns = [path("publicera/", DeskView.as_view(), name="desk")]
    return [path("granskning/", include((patterns, "screening_publishing")))]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/screening.css"))
