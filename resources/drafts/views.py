"""A draft as somebody without an account sees it, and the admin's page about a draft that is shared."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from contacts.clients import client_of
from contacts.decorators import personal
from contacts.personal_data import PersonalDataMixin
from gate.desk.reviews import review_content
from outbox.limits import Limit
from outbox.links import absolute

from ..models import DraftComment, DraftLink
from ..permissions import user_can_share
from . import actions
from .forms import CommentForm, ShareForm

COMMENTS = Limit("draft_comments_a_client")
TOO_MANY = "Det har kommit många kommentarer härifrån. Vänta en stund och skicka igen. Texten finns kvar."


@dataclass(frozen=True)
class Look:
    """What the page's banner needs: the link that was used, and the form for a comment."""

    link: DraftLink
    url: str
    form: CommentForm
    is_thanked: bool


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def shared_draft(request: HttpRequest, token: str) -> HttpResponse:
    """`/utkast/<token>/`: the page as it would look, with a banner, until the link ends."""
    link = actions.find_link(token)
    if link is None:
        return render(request, "pages/draft_link_dead.html", {"link": None}, status=404)
    if not link.is_open:
        return _tell_end(request, link, status=410)
    # Who is writing a comment when the page is published sends it all the same.
    if request.method != "POST" and link.published_page and not link.page.has_unpublished_changes:
        return _tell_end(request, link, status=200)
    draft = link.page.get_latest_revision_as_object()
    if review_content(draft, revision=None, user=None).blocks:
        return render(request, "pages/draft_link_dead.html", {"link": link, "is_stopped": True}, status=403)
    form = CommentForm(request.POST or None)
    url = reverse("resources:shared_draft", args=[token])
    if request.method == "POST" and _may_comment(request, form):
        actions.comment_on_draft(link=link, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
        return redirect(f"{url}?tack=1")
    look = Look(link, url, form, "tack" in request.GET)
    response: HttpResponse = draft.make_preview_request(
        request, draft.default_preview_mode, extra_request_attrs={"draft_look": look}
    )
    if form.errors:
        response.status_code = 422
    return response


def _tell_end(request: HttpRequest, link: DraftLink, *, status: int) -> HttpResponse:
    """Say that there is no draft to see here, and where the published page is if there is one."""
    context = {"link": link, "published": link.published_page, "is_thanked": "tack" in request.GET}
    return render(request, "pages/draft_link_dead.html", context, status=status)


def _may_comment(request: HttpRequest, form: CommentForm) -> bool:
    if form.is_valid() and not COMMENTS.allows(client_of(request)):
        form.add_error(None, TOO_MANY)
    return form.is_valid()


class SharedDraftView(PersonalDataMixin, WagtailAdminTemplateMixin, View):
    """Who has a link to the page's draft, and what they have said of it."""

    template_name = "admin_resources/shared_draft.html"
    page_title = "Dela utkastet"
    header_icon = "link"
    shows_personal_data = "Kommentarer på utkastet till sidan {view.page.pk}"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(Page, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_share(request.user, self.page):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(ShareForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make a link, close one, or take care of a comment, as the button says."""
        links, comments = DraftLink.objects.filter(page=self.page), DraftComment.objects.about(self.page)
        if pk := _number(request, "withdraw"):
            actions.withdraw_link(link=get_object_or_404(links, pk=pk), by=request.user)
            messages.success(request, "Länken är stängd.")
        elif pk := _number(request, "handled"):
            actions.handle_comment(comment=get_object_or_404(comments, pk=pk), by=request.user)
        elif pk := _number(request, "remove"):
            actions.remove_comment(comment=get_object_or_404(comments, pk=pk), by=request.user)
            messages.success(request, "Kommentaren är borttagen.")
        else:
            return self.share(ShareForm(request.POST))
        return redirect("shared_draft", self.page.pk)

    def share(self, form: ShareForm) -> HttpResponse:
        if not form.is_valid():
            return self.show(form, status=422)
        _, token = actions.share_draft(page=self.page, by=self.request.user, **form.cleaned_data)
        return self.show(ShareForm(), new_url=absolute("resources:shared_draft", token))

    def show(self, form: ShareForm, *, new_url: str = "", status: int = 200) -> HttpResponse:
        comments = DraftComment.objects.about(self.page)
        self.personal_data_rows = len(comments)
        if not comments:
            self.shows_personal_data = ""
        links = DraftLink.objects.filter(page=self.page)
        context = self.get_context_data(page=self.page, form=form, new_url=new_url, links=links, comments=comments)
        context["media"] = form.media
        draft = self.page.get_latest_revision_as_object()
        context["is_stopped"] = bool(review_content(draft, revision=None, user=None).blocks)
        return self.render_to_response(context, status=status)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        title = self.page.get_admin_display_title()
        return [*self.breadcrumbs_items, {"url": edit, "label": title}, {"url": "", "label": self.page_title}]


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
