"""What an incoming message is."""

import pytest

from outbox.bounces.incoming import read
from outbox.bounces.kinds import Kind, kind_of


def kind(head: str, text: str = "") -> Kind:
    return kind_of(read(f"{head}\n\n{text}".encode()))


SERVER = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nSubject: "
PERSON = "Return-Path: <administrator@nacka.example>\nFrom: administrator@nacka.example\nSubject: "


@pytest.mark.parametrize(
    "subject",
    [
        "Undelivered Mail Returned to Sender",
        "failure notice",
        "Olevererbart: Inbjudan",
        "Returned mail: see transcript",
    ],
)
def test_a_server_tells_of_a_failure_in_its_subject(subject: str) -> None:
    assert kind(f"{SERVER}{subject}") is Kind.FAILED


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid I wasn't able to deliver your message to the following addresses.",
        "The following address(es) failed:",
        "Ditt meddelande kunde inte levereras till mottagaren.",
    ],
)
def test_or_in_its_text(text: str) -> None:
    assert kind(f"{SERVER}Hej", text) is Kind.FAILED


def test_a_person_who_writes_the_same_words_is_no_server() -> None:
    assert kind(f"{PERSON}Olevererbart", "Mejlet kunde inte levereras till mig, user unknown.") is Kind.OTHER


@pytest.mark.parametrize("subject", ["Sv: Undeliverable: Inbjudan", "Re: failure notice", "VB: Olevererbart"])
def test_nor_is_one_who_answers_or_sends_on_a_report(subject: str) -> None:
    assert kind(f"{SERVER}{subject}", "Hej, vad är det här?") is Kind.OTHER


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Delivery to anna is delayed. It will be retried for 4 days, then we give up.", Kind.DELAYED),
        ("Mejlet är försenat. Servern fortsätter att försöka.", Kind.DELAYED),
        ("Delivery has been delayed for 4 days. Giving up: could not be delivered.", Kind.FAILED),
    ],
)
def test_a_delay_is_no_failure_until_the_server_has_given_up(text: str, expected: Kind) -> None:
    assert kind(f"{SERVER}Mail delivery status", text) is expected


@pytest.mark.parametrize(
    "head",
    [
        "From: a@b.example\nSubject: Autosvar: Inbjudan",
        "From: a@b.example\nSubject: Frånvarande",
        "From: a@b.example\nSubject: Re: Inbjudan\nAuto-Submitted: auto-replied",
        "From: a@b.example\nSubject: Hej\nX-Autoreply: yes",
        "From: a@b.example\nSubject: Hej\nPrecedence: auto_reply",
    ],
)
def test_an_automatic_reply_is_told_by_its_headers_or_subject(head: str) -> None:
    assert kind(head) is Kind.AUTO_REPLY


@pytest.mark.parametrize("feedback", ["auth-failure", "not-spam"])
def test_not_all_feedback_is_a_complaint(feedback: str) -> None:
    head = "From: fbl@b.example\nContent-Type: message/feedback-report"
    assert kind(head, f"Feedback-Type: {feedback}") is Kind.OTHER
    assert kind(head, "Feedback-Type: abuse") is Kind.COMPLAINT


def test_a_receipt_for_reading_is_nothing() -> None:
    head = f"{SERVER}Undeliverable\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b"
    assert kind(head) is Kind.OTHER
