"""What a log line must not hold."""

import json
import logging
import secrets

import pytest

from contacts.mail_tokens import STOP_MAIL
from lumen.logs import hide_tokens, render
from meetings.tokens import Purpose, derive_token, new_nonce
from tests.screening.numbers import personal_number


@pytest.mark.parametrize(
    ("before", "token"),
    [
        ("/moten/anmalan/", derive_token(Purpose.ORGANISATION, new_nonce())),
        ("/moten/deltagare/", derive_token(Purpose.PARTICIPANT, new_nonce())),
        ("/utskick/", STOP_MAIL.sign(17)),
        ("/utkast/", secrets.token_urlsafe(24)),
    ],
    ids=["organisation", "participant", "stop mail", "draft"],  # the tokens differ from run to run
)
def test_the_token_of_an_address_is_masked_and_the_rest_is_kept(before: str, token: str) -> None:
    line = f'"GET {before}{token}/avanmalan/ HTTP/1.1" 200'
    assert hide_tokens(line) == f'"GET {before}…/avanmalan/ HTTP/1.1" 200'
    logged = render(logging.getLogger("x"), "info", {"event": f"Not Found: {before}{token}/"})
    assert json.loads(logged)["event"] == f"Not Found: {before}…/"


@pytest.mark.parametrize("path", ["/moten/tredje-motet/anmalan/", "/moten/deltagare/kort/", "/organisationer/"])
def test_an_address_without_a_token_is_kept(path: str) -> None:
    assert hide_tokens(path) == path


def test_the_number_of_a_person_is_masked_wherever_it_stands() -> None:
    number = personal_number()
    try:
        raise ValueError(f"Kim {number}")
    except ValueError:
        line = render(logging.getLogger("x"), "error", {"event": f"Not Found: /{number}/", "exc_info": True, "row": 17})
    assert number[-4:] not in line
    logged = json.loads(line)
    assert logged["event"] == "Not Found: /••••••-••••/"
    assert logged["row"] == 17
    assert "ValueError: Kim" in logged["exception"]


def test_a_line_break_in_an_event_starts_no_line_of_its_own() -> None:
    forged = '/finns-inte\r\n{"event": "logged_in", "logger": "security"}'
    line = render(None, "", {"event": f"Not Found: {forged}"})
    assert "\n" not in line and "\r" not in line
    assert json.loads(line)["event"] == f"Not Found: {forged}"
