"""No form leads a number of a person out: the admin's rows, files, and what visitors and participants send in.

The models and forms are listed from the code (`write_paths/forms.py`), so a new one has to be screened, or be
named here with the reason why it need not be.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.snippets.models import get_snippet_models

from contacts.enums import InquiryKind
from contacts.models import Inquiry, Organisation
from gate.files.forms import ScreenedFileForm
from gate.forms import REFUSALS, ScreenedForm, ScreenedModelForm
from gate.models import Screened
from gate.third_party_models import SCREENED_FIELDS
from meetings.models import Registration
from outbox.models import OutgoingMail
from resources.models import DocumentVersion
from tests.factories.contacts import PersonFactory
from tests.factories.meetings import MeetingPageFactory
from tests.gate.files.samples import picture
from tests.write_paths.browser import filled
from tests.write_paths.forms import own_forms, row_viewsets, text_names
from tests.write_paths.instances import factory_of
from tests.write_paths.public import everything_public
from tests.write_paths.texts import Text, harmless, secrets

pytestmark = pytest.mark.django_db
ROWS = row_viewsets()
OWN_FORMS = own_forms()
# The text is looked for and not kept.
QUESTIONS = {
    "LibraryForm",
    "MatchingForm",
    "OrganisationForm",
    "OrganisationSearchForm",
    "OrganisationFilterForm",
    "OwnRegistrationForm",
    "ParticipantFilterForm",
    "PersonSearchForm",
    "ReceiverFilterForm",
    "SearchForm",
}
# A code or digits that were given out, not words.
CODES = {"ActivateTOTPForm", "AuthenticateForm", "ConfirmForm", "ConfirmLoginCodeForm", "ReauthenticateForm"}
# Screened by themselves, with sentences of their own; their tests are beside those of the desk, files and purge.
OF_SCREENING = {"DeskForm", "ApproveFileForm", "PurgeForm", "PurgeVersionsForm", "VersionsForm"}


def test_k2_no_field_of_a_screened_form_takes_a_text_without_end() -> None:
    endless = [
        f"{form.__qualname__}.{name}"
        for form in OWN_FORMS
        if issubclass(form, ScreenedForm)
        for name in text_names(form)
        if form.base_fields[name].max_length is None
    ]
    assert not endless


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(PersonFactory(editor=True))
    return client


def typed(field: forms.Field, text: Text) -> str:
    """The text as the field of a form takes it."""
    if isinstance(field, forms.EmailField):
        return f"{text.plain}@ort.example".replace("+", "")
    if isinstance(field, forms.URLField):
        return text.address
    if isinstance(field, forms.SlugField):
        return text.slug
    return text.plain if (field.max_length or 1000) < 45 else text.words


def stored(model: Any, text: Text) -> bool:
    return any(text.stands_in(str(row)) for row in model._base_manager.values())


class TestRows:
    """Organisations, groups, persons, vocabulary, sites, … by the admin's forms."""

    def test_a_model_with_forms_in_the_admin_is_screened(self) -> None:
        for model in {viewset.model for viewset in ROWS} | set(get_snippet_models()):
            # A role holds no text of its own; its form asks for the person's, which are.
            assert (
                issubclass(model, Screened) or model in SCREENED_FIELDS or model._meta.label == "contacts.ContactPerson"
            ), model

    @pytest.mark.parametrize("viewset", ROWS, ids=lambda viewset: viewset.url_namespace)
    def test_no_field_takes_a_number(self, viewset: Any, admin: Client) -> None:
        model, texts, words = viewset.model, secrets(), harmless()
        row = model.objects.order_by("pk").first() if model in SCREENED_FIELDS else factory_of(model)()
        row = row or model.objects.create(name="Rad")
        addresses = [viewset.get_url_name(name) for name in ("add", "edit")]
        tried = 0
        for name in addresses:
            try:
                url = reverse(name, args=[row.pk] if name.endswith("edit") else [])
            except NoReverseMatch:
                continue
            form = admin.get(url).context["form"]
            data = filled(admin, url, having=next(iter(form.fields)))
            long_enough = [
                each for each in text_names(form) if each in data and (form.fields[each].max_length or 99) > 12
            ]
            for each in long_enough:
                text = next(texts)
                response = admin.post(url, {**data, each: typed(form.fields[each], text)})
                assert response.status_code != 302, (name, each)
                assert not stored(model, text), (name, each)
                tried += 1
            if name.endswith("edit") and long_enough:
                text = next(words)
                changed = {long_enough[0]: typed(form.fields[long_enough[0]], text)}
                assert admin.post(url, {**data, **changed}).status_code == 302
                assert stored(model, text)
        assert tried


DOCUMENT_WAYS = {
    "one": ("wagtaildocs:add", "", "file"),
    "many": ("wagtaildocs:add_multiple", "", "files[]"),
    "chooser": ("wagtaildocs_chooser:create", "document-chooser-upload-", "file"),
}
VERSION_WAY = ("document_version_add", "", "file")
IMAGE_WAYS = {
    "one": ("wagtailimages:add", "", "file"),
    "many": ("wagtailimages:add_multiple", "", "files[]"),
    "chooser": ("wagtailimages_chooser:create", "image-chooser-upload-", "file"),
    "edit": ("wagtailimages:edit", "", "file"),
}
UPLOADS = [(get_document_model(), way) for way in DOCUMENT_WAYS.values()]
UPLOADS += [(get_image_model(), way) for way in IMAGE_WAYS.values()]
UPLOADS += [(DocumentVersion, VERSION_WAY)]


class TestFiles:
    """Documents and images by each of the admin's uploads."""

    def send(self, admin: Client, model: Any, way: tuple[str, str, str], text: Text, where: str) -> None:
        name, prefix, file_field = way
        content = f"Om {text.words}." if where == "content" else "En rutin."
        file_name = text.slug if where == "name" else "rutin"
        file = (
            picture(name=f"{file_name}.png")
            if model is get_image_model()
            else SimpleUploadedFile(f"{file_name}.txt", content.encode(), "text/plain")
        )
        fields: dict[str, Any] = {"title": "Ny", "collection": Collection.get_first_root_node().pk, "tags": ""}
        if model is DocumentVersion:
            fields["note"] = "Nytt."
        if where in ("title", "tags", "description", "note"):
            fields[where] = text.words
        data = {f"{prefix}{field}": value for field, value in fields.items()}
        replaced = {VERSION_WAY[0]: get_document_model(), "wagtailimages:edit": get_image_model()}.get(name)
        address = reverse(name, args=[factory_of(replaced)().pk] if replaced else [])
        admin.post(address, {**data, f"{prefix}{file_field}": file}, headers={"x-requested-with": "XMLHttpRequest"})

    @pytest.mark.parametrize(("model", "way"), UPLOADS, ids=[way[0] for _, way in UPLOADS])
    def test_no_place_of_a_file_takes_a_number(self, model: Any, way: tuple[str, str, str], admin: Client) -> None:
        places = ["title", "name", "tags", "description" if model is get_image_model() else "content"]
        places += ["note"] if model is DocumentVersion else []
        tried = dict(zip(places, secrets(), strict=False))
        for where, text in tried.items():
            self.send(admin, model, way, text, where)
            assert not stored(model, text), where
        public = everything_public()
        found = {
            (where, place) for where, text in tried.items() for place, body in public.items() if text.stands_in(body)
        }
        assert found == set()

        text = next(harmless())
        self.send(admin, model, way, text, "name")
        assert stored(model, text)


PUBLIC: dict[str, Callable[[Any, dict[str, str]], Any]] = {
    "InquiryForm": lambda form, data: form({"said": "other", **data}, inquiry=Inquiry(kind=InquiryKind.MAILBOX)),
    "NewColleagueForm": lambda form, data: form(data, organisations=Organisation.objects.none()),
    "DeputyForm": lambda form, data: form(data, organisations=Organisation.objects.none()),
}
KNOWN_BASES = (ScreenedForm, ScreenedModelForm, ScreenedFileForm, WagtailAdminPageForm)


class TestOwnForms:
    """Every form of the rooms: those of visitors, participants and contact persons, and the admin's own."""

    @pytest.mark.parametrize("form", OWN_FORMS, ids=lambda form: form.__qualname__)
    def test_a_form_with_words_is_screened_or_named_here(self, form: type[forms.BaseForm]) -> None:
        named = QUESTIONS | CODES | OF_SCREENING
        assert issubclass(form, KNOWN_BASES) or form.__name__ in named, form

    @pytest.mark.parametrize(
        "form",
        [form for form in OWN_FORMS if issubclass(form, ScreenedForm) and not issubclass(form, forms.ModelForm)],
        ids=lambda form: form.__qualname__,
    )
    def test_what_anybody_sends_in_holds_no_number(self, form: type[Any]) -> None:
        texts, make = secrets(), PUBLIC.get(form.__name__, lambda form, data: form(data))
        fields = make(form, {}).fields
        names = text_names(make(form, {}))
        assert names
        for name in names:
            text = next(texts)
            errors = make(form, {name: typed(fields[name], text)}).errors
            assert REFUSALS["personnummer"] in errors[name], name
            assert not text.stands_in(str(errors))

    def test_a_registration_with_one_reaches_nobody_and_one_without_does(self, client: Client) -> None:
        meeting = MeetingPageFactory()
        url = reverse("meetings:register", args=[meeting.slug])
        texts = secrets()
        for name in ("name", "email", "role", "department"):
            text = next(texts)
            data = {"name": "Kim Ek", "email": "kim@ort.example", "role": "", "department": ""}
            data[name] = f"{text.plain}@ort.example" if name == "email" else text.plain
            client.post(url, data)
            assert not [where for where, body in everything_public().items() if text.stands_in(body)]
        assert not Registration.objects.exists()
        assert not OutgoingMail.objects.exists()
        client.post(url, {"name": "Ofarlig Ek", "email": "kim@ort.example"})
        assert OutgoingMail.objects.exists()
