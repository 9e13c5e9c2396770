"""What the screening of files adds to Wagtail's admin. Registration only."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from ..histories import register_with_reason
from .editing import DocumentCreateView, DocumentEditView, ImageCreateView, ImageEditView
from .listings import DocumentIndexView, ImageIndexView
from .many import (
    DocumentAddView,
    DocumentFromUploadView,
    DocumentRowView,
    ImageAddView,
    ImageFromUploadView,
    ImageRowView,
)
from .views import FileScreeningView, ScreenAgainView


# Before Wagtail's own, so that the views are ours under the names that Wagtail gives them.
@hooks.register("register_admin_urls", order=-1)
def screening_urls() -> list[URLPattern]:
    return [
        path("granskning/fil/<int:pk>/", FileScreeningView.as_view(), name="screening_file"),
        path("granskning/fil/<int:pk>/igen/", ScreenAgainView.as_view(), name="screening_file_again"),
        path("documents/", DocumentIndexView.as_view()),
        path("documents/results/", DocumentIndexView.as_view(results_only=True)),
        path("documents/add/", DocumentCreateView.as_view()),
        path("documents/edit/<int:document_id>/", DocumentEditView.as_view()),
        path("documents/multiple/add/", DocumentAddView.as_view()),
        path("documents/multiple/<int:doc_id>/", DocumentRowView.as_view()),
        path(
            "documents/multiple/create_from_uploaded_document/<int:uploaded_file_id>/",
            DocumentFromUploadView.as_view(),
        ),
        path("images/", ImageIndexView.as_view()),
        path("images/results/", ImageIndexView.as_view(results_only=True)),
        path("images/add/", ImageCreateView.as_view()),
        path("images/multiple/add/", ImageAddView.as_view()),
        path("images/multiple/<int:image_id>/", ImageRowView.as_view()),
        path("images/multiple/create_from_uploaded_image/<int:uploaded_file_id>/", ImageFromUploadView.as_view()),
        path("images/<int:image_id>/", ImageEditView.as_view()),
    ]


@hooks.register("register_log_actions")
def screening_log_actions(actions: LogActionRegistry) -> None:
    register_with_reason(actions, "gate.word", "Godkänn", "Godkände innehållet efter granskning")
    actions.register_action("gate.again", "Granska igen", "Lät filen granskas igen")
    actions.register_action("gate.word_withdrawn", "Ta tillbaka godkännande", "Tog tillbaka godkännandet")
    actions.register_action("gate.blocked", "Stoppa", "Stoppades: innehåller uppgifter som inte får publiceras")
