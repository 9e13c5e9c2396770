"""The desk: the one step through which everything in the admin becomes public."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.generic import View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, TaskState

from screening.descriptions import masked_title

from ..permissions import people_who_can_approve_warnings
from .actions import publish_reviewed
from .forms import DeskForm
from .presentation import draft_sentences, present
from .reviews import PageReview, review_page
from .routing import approval_publishes, desk_url, forget_comments, remembered_comment


class DeskView(WagtailAdminTemplateMixin, View):
    """Show what was found in some pages, take the publisher's approval, and publish those that may be."""

    template_name = "admin_gate/desk.html"
    header_icon = "check"
    page_title = "Publicera"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        return response

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._show(self._reviews())

    def post(self, request: HttpRequest) -> HttpResponse:
        reviews: list[PageReview] = []
        try:
            with transaction.atomic():
                # Locked, so that what is screened is what is published.
                list(Page.objects.select_for_update(of=("self",)).filter(pk__in=self._pks).values_list("pk"))
                reviews = self._reviews()
                form = self._form(reviews, request.POST)
                if not form.is_bound or not form.is_valid():
                    return self._show(reviews, form)
                published = self._publish(form)
        except ValidationError as error:
            # Somebody changed something at this very moment; nothing has become public.
            form = self._form(reviews, request.POST)
            form.is_valid()
            for message in error.messages:
                form.add_error(None, message)
            return self._show(reviews, form)
        self._warn_about_unpublished([review for review in reviews if review not in published])
        return self._thank(published)

    def _publish(self, form: DeskForm) -> list[PageReview]:
        for review in form.reviews:
            publish_reviewed(
                review,
                by=self.request.user,
                reason=form.reason_for(review),
                refrains=form.refrains(review),
                approving=self._approving,
                comment=form.cleaned_data.get("comment", ""),
            )
        return form.reviews

    def _thank(self, published: list[PageReview]) -> HttpResponse:
        forget_comments(self.request)
        pages = [(review, Page.objects.get(pk=review.page.pk).specific) for review in published]
        if len(pages) == 1:
            self._thank_for_one(*pages[0])
        else:
            messages.success(self.request, _how_many(published))
        for _, page in pages:
            for after in hooks.get_hooks("after_publish_page"):
                response = after(self.request, page)
                if hasattr(response, "status_code"):
                    return response
        return redirect(self._next_url or _list_of(pages[0][1]))

    def _warn_about_unpublished(self, left: list[PageReview]) -> None:
        if not left:
            return
        number = "1 sida" if len(left) == 1 else f"{len(left)} sidor"
        titles = ", ".join(f"”{review.title}”" for review in left)
        why = messages.button(desk_url([review.page.pk for review in left], next_url=self._next_url), "Visa varför")
        messages.warning(self.request, f"{number} publicerades inte: {titles}.", buttons=[why])

    def _thank_for_one(self, review: PageReview, page: Page) -> None:
        title = masked_title(page.get_admin_display_title())
        buttons = [messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Redigera")]
        if review.is_scheduled:
            messages.success(self.request, f"Sidan ”{title}” är schemalagd för publicering.", buttons=buttons)
            return
        if page.url is not None:
            buttons.insert(0, messages.button(page.url, "Visa sidan"))
        messages.success(self.request, f"Sidan ”{title}” är publicerad.", buttons=buttons)

    # --- What the request is about -----------------------------------------------------------------

    @cached_property
    def _pks(self) -> list[int]:
        return [int(pk) for pk in self.request.GET.getlist("page") if pk.isascii() and pk.isdigit() and len(pk) < 10]

    @cached_property
    def _approving(self) -> TaskState | None:
        """The last task of the workflow that the publication approves, if the user may approve it."""
        asked = self.request.GET.get("workflow", "")
        if not asked:
            return None
        page = Page.objects.filter(pk__in=self._pks).first()
        state = page.specific.current_workflow_task_state if page is not None and len(self._pks) == 1 else None
        if page is None or state is None or str(state.pk) != asked:
            raise Http404("Sidan väntar inte på att bli godkänd.")
        actions = [name for name, *_ in state.task.specific.get_actions(page.specific, self.request.user)]
        if "approve" not in actions or not approval_publishes(state, "approve"):
            raise Http404("Sidan väntar inte på att bli godkänd av dig.")
        return state.specific

    @cached_property
    def _next_url(self) -> str:
        return str(get_valid_next_url_from_request(self.request))

    def _reviews(self) -> list[PageReview]:
        pages = list(Page.objects.filter(pk__in=self._pks).order_by("path").specific())
        if not pages:
            raise Http404("Det finns ingen sådan sida.")
        approving = self._approving is not None
        return [review_page(page, user=self.request.user, approving=approving) for page in pages]

    def _form(self, reviews: list[PageReview], data: Any = None) -> DeskForm:
        ready = [review for review in reviews if not review.is_stopped]
        form = DeskForm(data if ready else None, reviews=ready, approving=self._approving is not None)
        if self._approving is not None:
            form.fields["comment"].initial = remembered_comment(self.request, self._approving)
        return form

    # --- What is shown -----------------------------------------------------------------------------

    def _show(self, reviews: list[PageReview], form: DeskForm | None = None) -> HttpResponse:
        form = form or self._form(reviews)
        context = self.get_context_data(form=form, reviews=reviews)
        # To the browser an incomplete form is a page like any other; the status is for tests and logs.
        return self.render_to_response(context, status=422 if form.is_bound else 200)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reviews: list[PageReview] = kwargs["reviews"]
        form: DeskForm = kwargs["form"]
        several = len(reviews) > 1
        back = reverse("wagtailadmin_pages:edit", args=[reviews[0].page.pk])
        return super().get_context_data(
            pages=[present(review) for review in reviews],
            ready=form.reviews,
            drafted=draft_sentences(reviews),
            several=several,
            all_scheduled=all(review.is_scheduled for review in form.reviews),
            waits=any(review.waiting for review in reviews),
            back_url=(self._next_url or reverse("wagtailadmin_home")) if several else back,
            approvers=people_who_can_approve_warnings() if any(each.lacks_permission for each in reviews) else [],
            **kwargs,
        )


def _list_of(page: Page) -> str:
    """The list that the page stands in: its own, if another room has one (hook `list_of_page`), or the page tree's."""
    answers = (answer(page) for answer in hooks.get_hooks("list_of_page"))
    return next(filter(None, answers), reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


def _how_many(published: list[PageReview]) -> str:
    """Sentences about how many pages were published and how many were scheduled."""
    later = sum(review.is_scheduled for review in published)
    now = len(published) - later
    told = []
    if now:
        told.append("1 sida är publicerad." if now == 1 else f"{now} sidor är publicerade.")
    if later:
        told.append("1 sida är schemalagd." if later == 1 else f"{later} sidor är schemalagda.")
    return " ".join(told)
