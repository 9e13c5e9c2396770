"""Forms that nobody can leave a number in, and the editor's that ask why."""

import re

import pytest
from django import forms
from django.test.client import Client
from django.urls import reverse
from wagtail.admin.panels import ObjectList
from wagtail.models import ModelLogEntry

from gate.forms import REFUSALS, ScreenedForm
from gate.log_actions import APPROVE_WARNINGS_IN_ROW
from gate.panels import ScreeningPanel, screened
from resources.models import Theme
from screening.descriptions import NAMES
from screening.findings import Screening
from screening.text import screen_text
from tests.factories.contacts import PersonFactory
from tests.factories.resources import ThemeFactory
from tests.screening.numbers import coordination_number, personal_number

NUMBER = personal_number()
# The checksum is right; no authority has it.
ORGANISATION_NUMBER = "559999-1238"
WARNING = f"Bolaget har organisationsnummer {ORGANISATION_NUMBER}."


class Letter(ScreenedForm, forms.Form):
    text = forms.CharField(label="Text")
    address = forms.EmailField(label="Adress", required=False)
    secret = forms.CharField(label="Lösenord", widget=forms.PasswordInput, required=False)
    looked_up: list[str] = []

    def clean_text(self) -> str:
        self.looked_up.append(self.cleaned_data["text"])
        return self.cleaned_data["text"]


class TestWithoutReasons:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (NUMBER, "Ta bort personnumret. Vi behöver det inte."),
            (f"Kim {coordination_number()}", "Ta bort samordningsnumret. Vi behöver det inte."),
            (WARNING, "Ta bort organisationsnumret. Vi behöver det inte."),
        ],
        ids=["personnummer", "samordningsnummer", "organisationsnummer"],
    )
    def test_a_number_is_asked_away_warmly(self, text: str, sentence: str) -> None:
        form = Letter({"text": text})
        assert form.errors == {"text": [sentence]}
        assert form["text"].value() == text, "what was typed stays to be mended"

    def test_nothing_is_done_with_what_is_refused(self) -> None:
        Letter.looked_up = []
        assert not Letter({"text": NUMBER}).is_valid()
        assert Letter.looked_up == []
        assert Letter({"text": "Hej"}).is_valid()
        assert Letter.looked_up == ["Hej"]

    def test_an_address_is_no_place_for_a_number(self) -> None:
        form = Letter({"text": "Hej", "address": f"{NUMBER}@ort.example"})
        assert form.errors == {"address": [REFUSALS_OF_A_PERSON]}

    def test_k2_a_text_longer_than_its_field_is_refused_without_being_screened(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Note(ScreenedForm, forms.Form):
            text = forms.CharField(max_length=len(NUMBER))

        screened_texts = []

        def screen(text: str, **context: str) -> Screening:
            screened_texts.append(text)
            return screen_text(text, **context)

        monkeypatch.setattr("gate.forms.screen_text", screen)
        assert Note({"text": NUMBER}).errors == {"text": [REFUSALS_OF_A_PERSON]}
        assert screened_texts == [NUMBER]
        assert "mest 11 tecken" in Note({"text": f"{NUMBER}."}).errors["text"][0]
        assert screened_texts == [NUMBER]

    def test_a_password_is_nobodys_business(self) -> None:
        assert Letter({"text": "Hej", "secret": NUMBER}).is_valid()

    def test_every_kind_that_is_found_has_its_sentence(self) -> None:
        assert set(REFUSALS) == set(NAMES) - {"named_person"}


REFUSALS_OF_A_PERSON = "Ta bort personnumret. Vi behöver det inte."


@pytest.mark.django_db
class TestWithReasons:
    def form(self, *, user=None, instance: Theme | None = None, **data: str):
        handler: ObjectList = screened(["name", "slug", "summary"]).bind_to_model(Theme)
        form_class = handler.get_form_class()
        data = {"name": "Tillsyn", "slug": "tillsyn", **data}
        self.handler = handler
        return form_class(data, instance=instance or Theme(), for_user=user or PersonFactory(editor=True))

    def shows_question(self, form) -> bool:
        """Whether the page, which is made once the form has been looked at, asks why."""
        panel = self.handler.get_bound_panel(instance=form.instance, form=form).children[-1]
        assert isinstance(panel.panel, ScreeningPanel)
        return bool(panel.is_shown())

    def test_a_harmless_text_asks_nothing(self) -> None:
        form = self.form(summary="Vad vi ser.")
        assert form.is_valid()
        assert not self.shows_question(form)
        form.save()
        assert not ModelLogEntry.objects.filter(action=APPROVE_WARNINGS_IN_ROW).exists()

    def test_a_warning_tells_what_once_at_its_field_and_asks_why(self) -> None:
        form = self.form(summary=WARNING)
        assert not form.is_valid()
        (sentence,) = form.errors["summary"]
        assert sentence.startswith("Organisationsnummer («")
        assert ORGANISATION_NUMBER not in str(form.errors)
        assert list(form.errors) == ["summary"]
        assert form.told[0].startswith("Kort beskrivning: organisationsnummer («")
        assert self.shows_question(form)

    def test_one_who_leaves_the_question_is_asked_again_at_it(self) -> None:
        form = self.form(summary=WARNING, screening_reason="")
        assert form.errors["screening_reason"] == ["Skriv varför det ändå ska stå där."]
        assert self.shows_question(form)

    def test_with_a_stop_only_the_stop_is_told_and_nothing_is_asked(self) -> None:
        form = self.form(name=f"Tillsyn {NUMBER}", summary=WARNING)
        assert not form.is_valid()
        (sentence,) = form.errors["name"]
        assert sentence.startswith("Personnummer («")
        assert list(form.errors) == ["name"]
        assert len(form.told) == 1
        assert not self.shows_question(form)

    def test_a_row_of_a_long_text_is_told(self) -> None:
        form = self.form(summary=f"Tillsyn.\n{NUMBER}")
        assert form.errors["summary"][0].startswith("Rad 2: personnummer («")

    def test_a_reason_passes_it_and_is_kept(self) -> None:
        editor = PersonFactory(editor=True)
        form = self.form(user=editor, summary=WARNING, screening_reason="Står i en dom som är offentlig.")
        assert form.is_valid()
        theme = form.save()
        entry = ModelLogEntry.objects.get(action=APPROVE_WARNINGS_IN_ROW, object_id=str(theme.pk))
        assert entry.user == editor
        assert entry.data["reason"] == "Står i en dom som är offentlig."
        assert entry.data["findings"][0]["where"] == "Kort beskrivning"
        assert ORGANISATION_NUMBER not in str(entry.data)

    def test_a_text_that_stays_as_it_is_asks_once(self) -> None:
        theme = ThemeFactory(name="Tillsyn", summary=WARNING)
        assert self.form(instance=theme, slug="annat", summary=WARNING).is_valid()

    def test_the_reason_is_screened_too(self) -> None:
        form = self.form(summary=WARNING, screening_reason=f"Gäller {NUMBER}")
        assert form.errors["screening_reason"] == ["Skriv skälet utan nummer som pekar ut någon."]

    def test_one_without_the_right_is_told_who_may(self) -> None:
        form = self.form(user=PersonFactory(), summary=WARNING, screening_reason="Jag vill.")
        assert not form.is_valid()
        assert "Be någon som får gå vidare" in form.errors["summary"][0]
        assert not self.shows_question(form)

    def test_no_reason_passes_what_blocks(self) -> None:
        form = self.form(summary=NUMBER, screening_reason="Jag vill.")
        assert "Personnummer" in form.errors["summary"][0]

    def test_names_are_advice_that_stands_in_nobodys_way(self) -> None:
        form = self.form(summary="Brukaren Kim Andersson berättade.")
        assert form.is_valid()
        assert [finding.where for finding in form.advice] == ["Kort beskrivning"]


@pytest.mark.django_db
class TestInTheAdmin:
    def save(self, client: Client, **data: str) -> str:
        client.force_login(PersonFactory(editor=True))
        answer = client.post(reverse("theme:add"), {"name": "Tillsyn", "slug": "tillsyn", **data})
        return re.sub(r"\s+", " ", answer.content.decode())

    def test_the_bar_tells_the_stop(self, client: Client) -> None:
        html = self.save(client, summary=f"Gäller {NUMBER}.")
        assert "Kunde inte sparas: Kort beskrivning: personnummer («" in html
        assert html.count("personnummer («") == 1
        assert html.count("Personnummer («") == 1
        assert 'name="screening_reason"' not in html

    def test_a_warning_asks_why_after_the_fields(self, client: Client) -> None:
        html = self.save(client, summary=WARNING)
        assert "Kunde inte sparas: Kort beskrivning: organisationsnummer («" in html
        assert "Skriv varför, sist i formuläret." in html
        assert html.index('name="summary"') < html.index('name="screening_reason"')
        assert html.lower().count("organisationsnummer («") == 2  # in the bar and at the field
