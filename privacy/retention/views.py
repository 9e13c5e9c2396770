"""Retention in the admin: the rules, what is due by each, what has been removed, and the form that changes a rule."""

from copy import copy
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages

from contacts.models import Person
from contacts.personal_data import PersonalDataMixin
from meetings.models import Registration
from outbox.models import OutgoingMail

from ..extract.views import NAMESPACE
from ..guarded_views import GuardedView
from ..models import RetentionRule, RetentionRun
from ..permissions import user_can_change_retention, user_can_see_retention
from .actions import DecidedRule, change_rule, decided_rules
from .descriptions import describe
from .forms import RetentionRuleForm

TITLE = "Gallring"
SHOWN = 20  # records that are due, and runs
# Kinds whose records an editor knows by their names.
NAMED = (Person, Registration, OutgoingMail)


class RetentionView(GuardedView, TemplateView):
    """All rules with how many records are due, and the last removals."""

    template_name = "admin_privacy/retention.html"
    page_title = TITLE
    header_icon = "time"
    refusal = "Reglerna för gallring ser bara administratörer. Vad de säger står på sidan om personuppgifter."

    def may(self, user: Any) -> bool:
        return user_can_see_retention(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = [
            {"words": describe(each), "due": each.due().count(), "url": rule_url(each.decided)}
            for each in decided_rules()
        ]
        runs = RetentionRun.objects.exclude(removed=0)[:SHOWN]
        return {**super().get_context_data(**kwargs), "rules": rules, "runs": runs}


def rule_url(rule: RetentionRule) -> str:
    return reverse(f"{NAMESPACE}:retention_rule", args=[rule.kind])


class RetentionRuleView(PersonalDataMixin, GuardedView, FormView):
    """One rule: what goes next time, and how long is kept."""

    template_name = "admin_privacy/retention_rule.html"
    page_title = "Ändra gallringstid"
    header_icon = "time"
    form_class = RetentionRuleForm
    refusal = RetentionView.refusal
    shows_personal_data = "Gallring: {view.each.decided}"
    each: DecidedRule

    def may(self, user: Any) -> bool:
        return user_can_change_retention(user)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        each = next((each for each in decided_rules() if each.rule.kind == kwargs["kind"]), None)
        if each is None:
            raise Http404("Den regeln finns inte.")
        self.each = each

    def get_page_subtitle(self) -> str:
        return str(self.each.decided)

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy, since the form writes what is typed on its row, also what is refused.
        return {**super().get_form_kwargs(), "instance": copy(self.each.decided)}

    def form_valid(self, form: RetentionRuleForm) -> HttpResponse:
        change_rule(rule=self.each.decided, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Tiden är ändrad. Sidan om personuppgifter säger samma sak.")
        return redirect(f"{NAMESPACE}:retention")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.each.due()
        shown = list(rows[:SHOWN]) if issubclass(rows.model, NAMED) else []
        self.personal_data_rows = len(shown)
        if not shown:
            self.shows_personal_data = ""
        return {
            **super().get_context_data(**kwargs),
            "words": describe(self.each),
            "due": rows.count(),
            "shown": shown,
            "back_url": reverse(f"{NAMESPACE}:retention"),
        }

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        index = {"url": reverse(f"{NAMESPACE}:retention"), "label": TITLE}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.each.decided)}]
