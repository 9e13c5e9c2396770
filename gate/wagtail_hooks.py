"""Registers the room's views and hooks with Wagtail."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from .desk.page_views import DeskPageViewSet
from .desk.routing import lead_several_to_desk, lead_to_desk
from .desk.views import DeskView
from .files import edit_views, lists, multiple_upload
from .files.views import FileScreeningView, ScreenAgainView, WithdrawApprovalView
from .log_actions import register_log_actions
from .models import FileScreening
from .objection_views import ObjectionView, ObjectView

hooks.register("register_log_actions", register_log_actions)
# Last, so that the hooks of other rooms run before a publication.
hooks.register("before_publish_page", lead_to_desk, order=1000)
hooks.register("before_bulk_action", lead_several_to_desk, order=1000)


# After Wagtail's own views of pages, which they replace, and before those of a single page type.
@hooks.register("register_admin_viewset", order=1)
def register_page_views() -> DeskPageViewSet:
    return DeskPageViewSet()


# Before Wagtail's own, so that the views are ours under the names that Wagtail gives them.
@hooks.register("register_admin_urls", order=-1)
def register_urls() -> list[URLPattern]:
    return [
        path("granskning/publicera/", DeskView.as_view(), name="gate_desk"),
        path("granskning/fil/<int:pk>/", FileScreeningView.as_view(), name="gate_file"),
        path("granskning/fil/<int:pk>/igen/", ScreenAgainView.as_view(), name="gate_file_again"),
        path("granskning/fil/<int:pk>/ta-tillbaka/", WithdrawApprovalView.as_view(), name="gate_file_withdraw"),
        path("granskning/stopp/sida/<int:pk>/", ObjectView.as_view(model=Page), name="gate_object_page"),
        path("granskning/stopp/fil/<int:pk>/", ObjectView.as_view(model=FileScreening), name="gate_object_file"),
        path("granskning/stopp/<int:pk>/", ObjectionView.as_view(), name="gate_objection"),
        path("documents/", lists.DocumentIndexView.as_view()),
        path("documents/results/", lists.DocumentIndexView.as_view(results_only=True)),
        path("documents/add/", edit_views.DocumentCreateView.as_view()),
        path("documents/edit/<int:document_id>/", edit_views.DocumentEditView.as_view()),
        path("documents/multiple/add/", multiple_upload.DocumentAddView.as_view()),
        path("documents/multiple/<int:doc_id>/", multiple_upload.DocumentRowView.as_view()),
        path(
            "documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
            multiple_upload.DocumentFromUploadView.as_view(),
        ),
        path("images/", lists.ImageIndexView.as_view()),
        path("images/results/", lists.ImageIndexView.as_view(results_only=True)),
        path("images/add/", edit_views.ImageCreateView.as_view()),
        path("images/multiple/add/", multiple_upload.ImageAddView.as_view()),
        path("images/multiple/<int:image_id>/", multiple_upload.ImageRowView.as_view()),
        path(
            "images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/",
            multiple_upload.ImageFromUploadView.as_view(),
        ),
        path("images/<int:image_id>/", edit_views.ImageEditView.as_view()),
    ]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/screening.css"))


@hooks.register("insert_editor_js")
def editor_script() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/writing.js"))
