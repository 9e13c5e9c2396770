"""The extract in the admin: an editor types an address, reads what is held, and takes it out as a file."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from contacts.models import Person
from contacts.personal_data import PersonalDataMixin

from ..guarded_views import GuardedView
from ..permissions import user_can_erase, user_can_extract
from ..subjects import find_subject
from .actions import Extract, NobodyFound, make_extract
from .forms import AddressForm
from .rendering import FILENAME, as_page

NAMESPACE = "personal_data"
TITLE = "Registerutdrag"
NOBODY = "LUMEN har ingenting om den adressen."
REFUSAL = (
    "Registerutdrag får bara den göra som ser registret, anmälningarna och mejlen. "
    "Hör av dig till den som sköter konton."
)


class AboutSomebodyView(GuardedView):
    """A view about the person whose address is typed, or whose number stands in the address (`?person=`)."""

    header_icon = "user"

    def get_initial(self) -> dict[str, str]:
        number = self.request.GET.get("person", "")
        person = Person.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 18 else None
        return {"email": person.email} if person else {}


class ExtractView(PersonalDataMixin, AboutSomebodyView, FormView):
    """Shows all that is held about an address, or gives it as a file. `make_extract` writes the log of access."""

    form_class = AddressForm
    template_name = "admin_privacy/extract.html"
    page_title = TITLE
    refusal = REFUSAL
    # The form, with a person's address filled in; what is shown after it is logged as an export.
    shows_personal_data = "Adressen till en person, inför ett registerutdrag"

    def may(self, user: Any) -> bool:
        return user_can_extract(user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.get_initial():
            self.shows_personal_data = ""
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.shows_personal_data = ""
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AddressForm) -> HttpResponse:
        try:
            extract = make_extract(find_subject(form.cleaned_data["email"]), by=self.request.user)
        except NobodyFound:
            form.add_error("email", NOBODY)
            return self.form_invalid(form)
        if "file" in self.request.POST:
            return download(as_page(extract), "text/html; charset=utf-8", "html")
        if "json" in self.request.POST:
            text = json.dumps(extract.as_json(), ensure_ascii=False, indent=2)
            return download(text, "application/json; charset=utf-8", "json")
        return self.render_to_response(self.get_context_data(form=form, extract=extract))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extract: Extract | None = kwargs.get("extract")
        may_erase = extract is not None and user_can_erase(self.request.user)
        erase_url = reverse(f"{NAMESPACE}:erase") if may_erase else ""
        return {**super().get_context_data(**kwargs), "erase_url": erase_url}


def download(text: str, content_type: str, suffix: str) -> HttpResponse:
    """A file named by the day alone, since the name of a file is seen by many."""
    response = HttpResponse(text, content_type=content_type)
    name = f"{FILENAME}-{timezone.localdate().isoformat()}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
