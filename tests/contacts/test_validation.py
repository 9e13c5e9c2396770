"""Details of a person: what is tidied, what is refused, and how long they may be."""

import pytest
from django.core.exceptions import ValidationError

from contacts.validation import clean_email, clean_name, clean_phone, clean_title, shown


@pytest.mark.parametrize(("clean", "longest"), [(clean_name, 150), (clean_title, 150), (clean_phone, 40)])
def test_the_longest_that_fits_is_taken(clean, longest: int) -> None:
    assert clean("x" * longest) == "x" * longest
    with pytest.raises(ValidationError, match=f"längre än {longest} tecken"):
        clean("x" * (longest + 1))


def test_the_longest_address_is_taken() -> None:
    whole = f"{'a' * 64}@{'b' * 63}.{'c' * 63}.{'d' * 58}.se"
    assert len(whole) == 254
    assert clean_email(whole.upper()) == whole
    with pytest.raises(ValidationError):
        clean_email(whole.replace("ddd.", "dddd."))
    with pytest.raises(ValidationError, match="mer än 64 tecken före @|ingen giltig"):
        clean_email(f"{'a' * 65}@nacka.se")


@pytest.mark.parametrize("clean", [clean_title, clean_phone])
def test_what_may_be_left_out(clean) -> None:
    assert clean(" ") == ""


def test_a_name_has_no_tags_and_the_reason_says_so() -> None:
    with pytest.raises(ValidationError, match="Tecknen < och >"):
        clean_name("Åsa <b>")


@pytest.mark.parametrize("name", ["http://a", "se www.a", "a@b", "A://b"])
def test_a_name_is_no_link(name: str) -> None:
    with pytest.raises(ValidationError, match="webb- eller e-postadress"):
        clean_name(name)


@pytest.mark.parametrize("clean", [clean_name, clean_title, clean_phone])
def test_m14_what_is_pasted_with_invisible_characters_keeps_its_words_whole(clean) -> None:
    assert clean(" An\u00adna\n\u200b E\ufeffk\x00 ") == "Anna Ek"


@pytest.mark.parametrize("text", ["Berg, Anna <Anna@Nacka.se>", "mailto:anna@nacka.se", "\ufeffanna@nacka.se\u200b"])
def test_m12_an_address_may_be_pasted_with_the_name(text: str) -> None:
    assert clean_email(text) == "anna@nacka.se"


def test_a_value_is_one_line_and_shown_in_part() -> None:
    assert shown("x" * 60) == f"”{'x' * 60}”"
    assert shown("x" * 61) == f"”{'x' * 59}…”"
