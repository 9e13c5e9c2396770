"""The erasure in the admin: whom, what goes and what stays, a reason, and afterwards where a name still stands."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import FormView

from contacts.personal_data import PersonalDataMixin

from ..extract.forms import AddressForm
from ..extract.views import NAMESPACE, AboutSomebodyView
from ..permissions import user_can_erase
from ..purge.descriptions import describe_removed, removed_phrases
from ..purge.errors import PurgeRefused
from ..subjects import find_subject
from .actions import erase_subject, plan_erasure, remaining_hits
from .forms import ErasureForm

TITLE = "Radera en person"


class EraseView(PersonalDataMixin, AboutSomebodyView, FormView):
    """Asks for an address, then for a reason beside what would go and what would stay, and then does it."""

    template_name = "admin_privacy/erase.html"
    page_title = TITLE
    header_icon = "bin"
    refusal = (
        "Radera får bara den som är med i gruppen Får rensa bort och ser registret, anmälningarna och mejlen. "
        "Hör av dig till den som sköter konton."
    )
    shows_personal_data = "{view.what}: vad som kan raderas"
    what = "En adress"

    def may(self, user: Any) -> bool:
        return user_can_erase(user)

    def get_form_class(self) -> type[AddressForm]:
        return ErasureForm if "reason" in self.request.POST else AddressForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.get_initial():
            self.shows_personal_data = ""
        return super().get(request, *args, **kwargs)

    def form_valid(self, form: AddressForm) -> HttpResponse:
        subject = find_subject(form.cleaned_data["email"])
        if subject.person is not None:
            self.what = f"Person {subject.person.pk}"
        try:
            if not isinstance(form, ErasureForm):
                plan_erasure(subject)
                return self.ask(ErasureForm(initial={"email": subject.email}))
            row = erase_subject(subject, reason=form.cleaned_data["reason"], by=self.request.user)
        except PurgeRefused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        context = self.get_context_data(removed=describe_removed(row.removed), hits=remaining_hits(subject))
        return self.render_to_response(context)

    def form_invalid(self, form: AddressForm) -> HttpResponse:
        if isinstance(form, ErasureForm) and "email" not in form.errors:
            return self.ask(form)
        return super().form_invalid(form)

    def ask(self, form: ErasureForm) -> HttpResponse:
        """The question, with the plan beside it."""
        typed = form["email"].value() or ""
        try:
            plan = plan_erasure(find_subject(typed))
        except PurgeRefused as refusal:
            form.add_error(None, str(refusal))
            return super().form_invalid(form)
        context = self.get_context_data(
            form=form, plan=plan, phrases=removed_phrases(plan.removal.as_json()), email=typed
        )
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        urls = {"back_url": reverse(f"{NAMESPACE}:extract"), "log_url": reverse("purging:log")}
        return {**super().get_context_data(**kwargs), **urls}
