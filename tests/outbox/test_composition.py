"""The message that leaves: its headers, its parts, and what cannot be smuggled into it."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from django.test import override_settings

from outbox.composition import CompositionError, compose
from outbox.mails import Attachment, CalendarPart, Mail
from outbox.plain_text import clean_subject

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:M\xc3\xb6te\r\nEND:VCALENDAR\r\n"


def parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def mail(**options: object) -> EmailMessage:
    values = {"to": "anna@nacka.example", "subject": "Inbjudan", "text": "Hej", **options}
    return parse(compose(Mail(**values)).message)


@override_settings(DEFAULT_FROM_EMAIL="Forum för lärande <lumen@forum.example>", REPLY_TO_EMAIL="svar@forum.example")
def test_the_headers_say_who_sends_and_that_no_machine_should_answer():
    message = mail(to="anna@nacka.example", subject="Inbjudan: Upphandling – tis 10 mars")

    assert message["From"].addresses[0].display_name == "Forum för lärande"
    assert message["From"].addresses[0].addr_spec == "lumen@forum.example"
    assert message["To"] == "anna@nacka.example"
    assert message["Reply-To"] == "svar@forum.example"
    assert message["Subject"] == "Inbjudan: Upphandling – tis 10 mars"
    assert message["Message-ID"].endswith("@forum.example>")
    assert message["Date"].datetime.tzinfo is not None
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["List-Unsubscribe"] is None


def test_two_mails_have_different_message_ids():
    assert mail()["Message-ID"] != mail()["Message-ID"]


def test_one_click_unsubscribe_stands_in_the_header_and_nowhere_else():
    message = mail(unsubscribe_url="https://lumen.example/avsta/abc", html="<p>Hej</p>")

    assert message["List-Unsubscribe"] == "<https://lumen.example/avsta/abc>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "avsta" not in message.get_body(("plain",)).get_content()
    assert "avsta" not in message.get_body(("html",)).get_content()


def test_a_long_unsubscribe_link_stays_readable_on_one_line():
    url = f"https://larande-om-valfardsbrott.socialstyrelsen.example/utskick/{'y94VF-zL' * 8}/"
    content = compose(Mail(to="anna@nacka.example", subject="x", text="x", unsubscribe_url=url)).message

    assert f"\r\nList-Unsubscribe: <{url}>\r\n".encode() in content


@pytest.mark.parametrize(
    "url",
    ["javascript:x", "https://a.example/> , <https://evil", "https://a\r\nBcc: x@y.example", "https://a/" + "x" * 1000],
)
def test_an_unsubscribe_link_that_is_no_link_is_refused(url):
    with pytest.raises(CompositionError):
        mail(unsubscribe_url=url)


def test_text_and_html_are_alternatives_of_each_other():
    message = mail(text="Välkommen åter", html="<p>Välkommen åter</p>")

    assert [part.get_content_type() for part in message.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content().splitlines() == ["Välkommen åter"]
    assert message.get_body(("html",)).get_content().strip() == "<p>Välkommen åter</p>"


def test_the_calendar_part_is_the_last_alternative_and_carries_its_method():
    message = mail(html="<p>Hej</p>", calendar=CalendarPart("REQUEST", ICS))

    part = list(message.iter_parts())[-1]
    assert message.get_content_type() == "multipart/alternative"
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params == {"method": "REQUEST", "charset": "utf-8"}
    assert part.get_payload(decode=True) == ICS


def test_an_attachment_keeps_its_bytes_type_and_swedish_name():
    attachment = Attachment("möte.ics", ICS, "text/calendar; method=PUBLISH; charset=utf-8")
    message = mail(html="<p>Hej</p>", attachments=[attachment])

    part = next(message.iter_attachments())
    assert message.get_content_type() == "multipart/mixed"
    assert part.get_filename() == "möte.ics"
    assert part["Content-Type"].params == {"method": "PUBLISH", "charset": "utf-8"}
    assert part.get_payload(decode=True) == ICS


@pytest.mark.parametrize("content_type", ["", "text", "text/plain\r\nBcc: x@y.example", 'text/plain; name="a\r\nb"'])
def test_an_attachment_of_no_known_form_of_type_is_refused(content_type):
    with pytest.raises(CompositionError):
        mail(attachments=[Attachment("a.txt", b"x", content_type)])


def test_a_calendar_method_cannot_carry_a_header():
    with pytest.raises(CompositionError):
        mail(calendar=CalendarPart("REQUEST\r\nBcc: x@y.example", ICS))


def test_the_message_is_seven_bit_with_short_lines_ending_in_crlf():
    content = compose(
        Mail(to="a@b.example", subject="å" * 200, text="å" * 3000, html="<p>" + "ö" * 3000 + "</p>")
    ).message

    assert content.isascii()
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "subject",
    ["Möte\r\nBcc: x@y.example", "Möte\nBcc: x@y.example", "Möte\rBcc: x@y.example", "Möte\u2028Bcc: x@y.example"],
)
def test_a_line_break_in_the_subject_becomes_a_space(subject):
    message = mail(subject=subject)

    assert message["Subject"] == "Möte Bcc: x@y.example"
    assert message["Bcc"] is None


def test_a_line_break_in_a_file_name_makes_no_header():
    message = mail(attachments=[Attachment('a"\r\nBcc: x@y.example\r\n.txt', b"x", "text/plain")])

    assert message["Bcc"] is None
    assert next(message.iter_attachments())["Bcc"] is None


def test_a_long_subject_is_cut():
    subject = clean_subject("Möte " * 100)

    assert len(subject) <= 250
    assert subject.endswith("…")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "anna",
        "anna@",
        "a b@c.example",
        "anna@nacka.example\r\nBcc: x@y.example",
        "anna@nacka.example,bo@nacka.example",
        "Anna\n <anna@nacka.example>",
        "anna@nacka.example\0",
    ],
)
def test_what_is_not_exactly_one_address_is_refused(address):
    with pytest.raises(CompositionError):
        mail(to=address)


@pytest.mark.parametrize(
    ("address", "bare"),
    [
        ("anna@nacka.example", "anna@nacka.example"),
        (" anna@nacka.example ", "anna@nacka.example"),
        ("Anna.Ek@Nacka.Example", "anna.ek@nacka.example"),
        ("Anna Ek <anna@nacka.example>", "anna@nacka.example"),
        ("anna@räksmörgås.example", "anna@xn--rksmrgs-5wao1o.example"),
    ],
)
def test_an_address_is_made_bare_and_ascii(address, bare):
    assert mail(to=address)["To"] == bare
