"""The purge in the admin: preview, confirmation, and the list of what has been removed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, ListView
from wagtail.admin import messages
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, ReferenceIndex

from meetings.models import MeetingPage
from screening.descriptions import masked_title

from ..guarded_views import GuardedView
from ..models import Purge
from ..permissions import user_can_purge, user_can_see_purges
from .actions import MAX_REASON, preview, purge, purge_versions
from .descriptions import describe_removed, purge_title, removed_phrases
from .errors import PurgeRefused
from .files import file_fields
from .forms import PurgeForm
from .kinds import Kind, kind_at, names_of
from .meetings import people_waiting
from .pages import RemainingFile, files_left_by

NAMESPACE = "purging"
TITLE = "Rensa bort för gott"
LOG_TITLE = "Bortrensat"


class PurgersView(GuardedView):
    """A view about purges."""

    header_icon = "bin"
    refusal = (
        "Att rensa bort för gott får bara den som är med i gruppen Får rensa bort. "
        "Hör av dig till den som sköter konton."
    )

    def may(self, user: Any) -> bool:
        return user_can_purge(user)


class PurgeView(PurgersView, FormView):
    """Shows what a purge would remove, asks for a reason, and does it."""

    form_class = PurgeForm
    template_name = "admin_privacy/purge.html"
    page_title = TITLE
    path = ""  # of the kind, if the address does not contain it
    kind: Kind
    instance: Any

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        kind = kind_at(self.path or kwargs["kind"])
        instance: Any = kind and kind.model._base_manager.filter(pk=kwargs["pk"]).first()
        if kind is None or instance is None:
            raise Http404("Det finns inte, eller har redan rensats bort.")
        self.kind, self.instance = kind, getattr(instance, "specific", instance)

    def form_valid(self, form: PurgeForm) -> HttpResponse:
        files = self.files_left()
        try:
            row = self.do(form.cleaned_data)
        except (PurgeRefused, ValidationError) as refusal:
            # ValidationError when what would be left may not be public, such as the text of the version that stays.
            for sentence in getattr(refusal, "messages", [str(refusal)]):
                form.add_error(None, sentence)
            return self.form_invalid(form)
        row.refresh_from_db()
        messages.success(self.request, f"Bortrensat för gott: {describe_removed(row.removed)}.")
        self.tell_of_files(files)
        if row.finished_at is None:
            messages.info(self.request, "De sista resterna städas bort inom någon minut.")
        return redirect(self.after())

    def files_left(self) -> list[RemainingFile]:
        return files_left_by(self.instance) if isinstance(self.instance, Page) else []

    def tell_of_files(self, files: list[RemainingFile]) -> None:
        for file in files:
            text = f"Filen ”{file.title}” ligger kvar under {file.place}."
            if file.users:
                messages.info(self.request, f"{text} Den används också på: {', '.join(file.users)}.")
            else:
                messages.warning(self.request, text, buttons=[messages.button(file.url, "Rensa bort filen också")])

    def get_form_kwargs(self) -> dict[str, Any]:
        row = self.instance
        return {
            **super().get_form_kwargs(),
            "instance": row,
            "children": row.get_descendants().count() if isinstance(row, Page) else 0,
            "told": len(people_waiting(row)) if isinstance(row, MeetingPage) else 0,
        }

    def do(self, answers: dict[str, Any]) -> Purge:
        return purge(
            self.instance,
            by=self.request.user,
            reason=answers["reason"],
            with_children=answers.get("with_children", False),
            notify=answers.get("notify", False),
        )

    def after(self) -> str:
        if isinstance(self.instance, Page):
            return reverse("wagtailadmin_explore", args=[self.instance.get_parent().pk])
        return reverse(self.kind.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            removed, refusal = preview(self.instance).as_json(), ""
        except PurgeRefused as error:
            removed, refusal = {}, str(error)
        return {
            **super().get_context_data(**kwargs),
            "what": self.kind.label,
            "name": self.name,
            "phrases": removed_phrases(removed),
            "is_public": isinstance(self.instance, Page) or bool(file_fields(type(self.instance))),
            "refusal": refusal,
            "used_on": self.used_on(),
            "files_left": self.files_left(),
            "versions_url": self.versions_url(),
            "back_url": self.back_url(),
            "log_url": reverse(f"{NAMESPACE}:log"),
        }

    @property
    def name(self) -> str:
        return masked_title(next(iter(names_of(self.instance)), str(self.instance)))

    def back_url(self) -> str:
        finder = AdminURLFinder(self.request.user)
        return finder.get_edit_url(self.instance) or reverse(self.kind.back)

    def used_on(self) -> list[dict[str, str]]:
        """Pages and other rows that show or link to the row, and will lose it."""
        finder = AdminURLFinder(self.request.user)
        found = ReferenceIndex.get_grouped_references_to(self.instance)
        return [
            {"title": masked_title(str(row)), "url": finder.get_edit_url(row) or ""}
            for row, references in found
            if row is not None
        ]

    def versions_url(self) -> str:
        if not isinstance(self.instance, Page) or self.instance.alias_of_id:
            return ""
        return reverse(f"{NAMESPACE}:versions", args=[self.instance.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.back_url(), "label": self.name},
            {"url": "", "label": str(self.page_title)},
        ]


class VersionsView(PurgeView):
    """The purge of the older versions of a page that stays."""

    template_name = "admin_privacy/versions.html"
    page_title = "Rensa versioner"
    path = "sida"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "children": 0, "told": 0}  # the page stays

    def get_initial(self) -> dict[str, Any]:
        # The reason that an offer of removal gives.
        return {**super().get_initial(), "reason": self.request.GET.get("skal", "")[:MAX_REASON]}

    def do(self, answers: dict[str, Any]) -> Purge:
        return purge_versions(self.instance, by=self.request.user, reason=answers["reason"])

    def files_left(self) -> list[RemainingFile]:
        return []  # The page stays, and so do its files.

    def after(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.instance.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        versions = self.instance.revisions.count()
        return {
            **context,
            "refusal": "",
            "is_live": self.instance.live,
            "has_draft": self.instance.live and self.instance.has_unpublished_changes,
            "versions": versions,
            "purge_url": reverse(f"{NAMESPACE}:purge", args=[self.kind.path, self.instance.pk]),
        }


class LogView(PurgersView, ListView):
    """The list of purges: what kind of row, when, by whom and why, but not its content."""

    template_name = "admin_privacy/log.html"
    page_title = LOG_TITLE
    queryset = Purge.objects.select_related("by").order_by("-at", "-pk")
    paginate_by = 50
    page_kwarg = "p"

    def may(self, user: Any) -> bool:
        return user_can_see_purges(user)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": LOG_TITLE}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["rows"] = [
            {
                "purge": row,
                "what": purge_title(row.kind, row.object_id, row.removed),
                "removed": describe_removed(row.removed),
            }
            for row in context["object_list"]
        ]
        return context
