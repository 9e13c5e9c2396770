import pytest

from screening.findings import Kind, Verdict
from screening.text import screen_text


@pytest.mark.parametrize(
    "text",
    [
        "brukaren Maja Exempel fick hjälp",
        "klienten Karl kom sent",
        "Patienten, Eva Exempel, skrevs ut.",
        "den misstänkte Olle häktades",
        "Sara Exempel är misstänkt för brott",
        "den åtalade, Lars Exempel",
        "patienten heter Maja",
    ],
)
def test_a_name_next_to_a_word_for_a_person_in_a_case_is_advice(text):
    screening = screen_text(text)
    assert [advice.kind for advice in screening.advice] == [Kind.NAMED_PERSON]
    assert screening.verdict is Verdict.CLEAN


@pytest.mark.parametrize(
    "text",
    [
        "Brukaren bor i Stockholms stad.",
        "patienten i Region Skåne",
        "Misstänkt brott. Polisen utreder.",
        "Klienten. Därefter ringde Anna.",
        "Misstänkta Bidragsbrott",
        "Misstänkta brott anmäls till Polismyndigheten.",
        "Nacka kommun misstänkte bedrägeri",
        "brukaren Försäkringskassan",
        "Anna Exempel leder arbetet.",
    ],
)
def test_authorities_places_and_other_people_are_not(text):
    assert screen_text(text).advice == ()


def test_the_excerpt_shows_the_initials_only():
    (advice,) = screen_text("I går sa brukaren Maja Exempel nej.").advice
    assert advice.excerpt == "I går sa brukaren M… E… nej."
