"""The page about a file's screening in the admin: what was found, and the form to approve it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.images.models import AbstractImage

from screening.descriptions import describe, masked_title
from screening.findings import Verdict

from ..models import FileScreening
from ..objection_presentation import present_objections
from ..permissions import user_can_change_file, user_can_pass_stops
from .actions import approve_file, screen_again, withdraw_approval
from .forms import ApproveFileForm
from .models import pages_that_use
from .presentation import STATUS, advice_on, approval_sentence, fault_of, is_picture, screening_url, state_of


class FileScreeningView(WagtailAdminTemplateMixin, TemplateView):
    """`/admin/granskning/fil/<id>/`: shows a screening to those who may change a file with its content."""

    template_name = "admin_gate/file.html"
    page_title = "Granskning av fil"
    header_icon = "view"
    screening: FileScreening
    files: list[Any]
    form: ApproveFileForm | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.screening = get_object_or_404(FileScreening.objects.select_related("approved_by"), pk=kwargs["pk"])
        all_files = list(self.screening.files())
        self.files = [file for file in all_files if user_can_change_file(request.user, file)]
        # A refused upload has no file, but its stop may be wrong.
        if not self.files and (all_files or not user_can_pass_stops(request.user)):
            raise PermissionDenied
        self.form = None
        if self.screening.needs_approval:
            data = request.POST if request.method == "POST" else None
            self.form = ApproveFileForm(data, screening=self.screening, by=request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.form is not None and self.form.is_valid():
            approve_file(self.screening, by=request.user, reason=self.form.cleaned_data.get("reason", ""))
            messages.success(request, "Tack! Filen får nu publiceras.")
            return redirect(screening_url(self.screening))
        return self.render_to_response(self.get_context_data(**kwargs))

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        response = super().render_to_response(context, **kwargs)
        if context["waits"]:
            response["Refresh"] = "3"  # seconds
        return response

    def get_page_subtitle(self) -> str:
        return str(self.files[0]) if self.files else str(self.screening)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        finder, result = AdminURLFinder(self.request.user), self.screening.result
        return {
            **super().get_context_data(**kwargs),
            "screening": self.screening,
            "state": state_of(self.screening),
            "fault": fault_of(self.screening),
            "what_to_do": advice_on(self.screening),
            "waits": not self.screening.is_done,
            "status": STATUS[state_of(self.screening).look],
            "files": _rows(self.files, finder),
            "findings": [capfirst(describe(finding)) for finding in result.findings],
            "advice": [capfirst(describe(finding)) for finding in result.advice],
            "approval": approval_sentence(self.screening) if self.screening.approved_at else "",
            "form": self.form,
            "pages": _live_pages(self.files, self.request.user),
            "may_be_withdrawn": self.screening.approved_by_id is not None and bool(self.files),
            "objections": present_objections(self.screening, self.request.user),
            "is_picture": is_picture(self.screening),
            # What an image shows cannot be read, however often it is tried.
            "may_be_read_again": self.screening.verdict == Verdict.UNSCREENED and not is_picture(self.screening),
        }


class WithdrawApprovalView(View):
    """`/admin/granskning/fil/<id>/ta-tillbaka/`: withdraws an approval, and tells which pages lose the file."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        screening = get_object_or_404(FileScreening, pk=pk)
        files = list(screening.files())
        if not any(user_can_change_file(request.user, file) for file in files):
            raise PermissionDenied
        if withdraw_approval(screening, by=request.user):
            titles = ", ".join(f"”{page['title']}”" for page in _live_pages(files, request.user))
            lost = f"Dessa publicerade sidor visar den inte längre: {titles}." if titles else ""
            messages.success(request, f"Godkännandet är tillbakataget. Ingen besökare får filen. {lost}".strip())
        return redirect(screening_url(screening))


class ScreenAgainView(View):
    """`/admin/granskning/fil/<id>/igen/`: puts a file that could not be read in the worker's queue once more."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        screening = get_object_or_404(FileScreening, pk=pk)
        if not any(user_can_change_file(request.user, file) for file in screening.files()):
            raise PermissionDenied
        try:
            screen_again(screening, by=request.user)
        except ValidationError as error:
            messages.error(request, error.messages[0])
        return redirect(screening_url(screening))


def _live_pages(files: Iterable[Any], user: Any) -> list[dict[str, str]]:
    """The published pages that use one of the files, each once, with the addresses of their forms."""
    finder = AdminURLFinder(user)
    pages = {page.pk: page for file in files for page in pages_that_use(file).filter(live=True).order_by("title")}
    return [
        {"title": masked_title(page.title), "url": finder.get_edit_url(page.specific) or ""} for page in pages.values()
    ]


@dataclass
class _Row:
    """A row for the files of one kind and title, which are one file to an editor."""

    title: str
    reading_url: str
    reading_text: str
    edit_urls: list[str]
    number: str  # "2 dokument"; "" for a single one


def _rows(files: Iterable[Any], finder: AdminURLFinder) -> list[_Row]:
    groups: dict[tuple[Any, str], list[Any]] = {}
    for file in files:
        groups.setdefault((type(file), str(file)), []).append(file)
    return [
        _Row(
            title,
            *_reading(group[0]),
            [url for file in group if (url := finder.get_edit_url(file))],
            f"{len(group)} {model._meta.verbose_name_plural}" if len(group) > 1 else "",
        )
        for (model, title), group in groups.items()
    ]


def _reading(file: Any) -> tuple[str, str]:
    """The address where the file can be read, and the text of the link to it."""
    if isinstance(file, AbstractImage):
        return reverse("wagtailimages:preview", args=[file.pk, "max-1600x1600"]), "Titta på bilden"
    return str(file.url), "Läs filen"
