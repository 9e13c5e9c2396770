"""Passwords that anybody would guess are refused, and all others are taken as they are."""

from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from contacts.passwords import WORDS_OF_THE_SITE, PaddedCommonPasswordValidator
from tests.accounts import PASSWORD, give_password
from tests.factories.contacts import PersonFactory


@pytest.mark.parametrize(
    "password",
    [
        "elva tecken",
        "password1234",
        "qwerty2026!!",
        "!!123monkey123",
        "dragondragon",
        "dragondragon1",
        "Lumen-Sommar-2026",
        "socialstyrelsen1",
        "REDAKTION-redaktion",
        "111111111111111",
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize("word", WORDS_OF_THE_SITE)
def test_each_word_of_the_site_with_a_year_is_refused(word: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(f"{word}-2026-{word}!")


@pytest.mark.parametrize(
    "password",
    [
        "tolv tecken!",
        "bara små bokstäver",
        "4081726395847261",
        "cykel på väg till lumen",
        "ÅÄÖ och en höna 🐔",
        "  blanksteg först och sist  ",
        "lång nog att räcka " * 6,
    ],
)
def test_any_kind_of_character_and_any_length_are_taken(password: str) -> None:
    validate_password(password)


def test_a_password_like_ones_own_name_or_address_is_refused() -> None:
    person = PersonFactory.build(name="Karin Lindqvist-Berg", email="karin.lindqvist-berg@nacka.example")
    for password in ("karin lindqvist", "karin.lindqvist-berg", "lindqvist-berg99"):
        with pytest.raises(ValidationError):
            validate_password(password, person)


def test_the_operators_list_is_read_instead(tmp_path: Path) -> None:
    listed = tmp_path / "lista.txt"
    listed.write_text("enhelt-egen-hemlighet\n")
    validator = PaddedCommonPasswordValidator(password_list_path=listed)
    validator.validate("password1234")
    for password in ("enhelt-egen-hemlighet", "Enhelt-Egen-Hemlighet2026"):
        with pytest.raises(ValidationError):
            validator.validate(password)


@pytest.mark.django_db
class TestTheForm:
    def change(self, client: Client, new: str, old: str = PASSWORD):
        data = {"oldpassword": old, "password1": new, "password2": new}
        return client.post(reverse("account_change_password"), data)

    def test_a_long_password_is_kept_whole_with_its_spaces(self, client: Client) -> None:
        person = PersonFactory()
        give_password(person)
        client.force_login(person)
        new = " Sjuttio två tecken, mellanslag före och efter, och VERSALER mitt i allt  "
        self.change(client, new)
        person.refresh_from_db()
        assert person.check_password(new)
        for other in (new.strip(), new[:64], new.lower()):
            assert not person.check_password(other)

    def test_the_present_password_is_asked_for(self, client: Client) -> None:
        person = PersonFactory()
        give_password(person)
        client.force_login(person)
        self.change(client, "ett helt annat langt", old="fel")
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    def test_what_is_guessed_first_is_told_in_swedish(self, client: Client) -> None:
        person = PersonFactory()
        give_password(person)
        client.force_login(person)
        answer = self.change(client, "lumen-sommar-2026")
        assert "lätt att gissa" in answer.content.decode()
        assert 'type="password"' in answer.content.decode()
