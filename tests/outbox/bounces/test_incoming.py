"""A message taken apart, however it is written."""

import base64

import pytest

from outbox.bounces.incoming import read

STATUS = "Reporting-MTA: dns; mx.example\n\nFinal-Recipient: utf-8; åsa@mx.example\nAction: failed\nStatus: 5.1.1\n"
RETURNED = "Message-ID: <a@lumen.example>\nSubject: Inbjudan på måndag\n\nHej"


def report(status: bytes, returned: bytes, encoding: str = "8bit") -> bytes:
    head = f"Content-Transfer-Encoding: {encoding}\n\n".encode()
    return b"\n".join(
        [
            b"Content-Type: multipart/report; report-type=delivery-status; boundary=b\n",
            b"--b\nContent-Type: text/plain; charset=utf-8\n\nMejlet kunde inte levereras",
            b"--b\nContent-Type: message/delivery-status\n" + head + status,
            b"--b\nContent-Type: message/rfc822\n" + head + returned,
            b"--b--\n",
        ]
    )


@pytest.mark.parametrize("charset", ["utf-8", "latin-1"])
def test_letters_beyond_ascii_may_stand_anywhere(charset: str) -> None:
    incoming = read(report(STATUS.encode(charset), RETURNED.encode(charset)))

    assert "åsa@mx.example" in str(incoming.everything)
    assert incoming.returned[0]["Message-ID"] == "<a@lumen.example>"


def test_parts_that_should_not_be_encoded_are_read_when_they_are() -> None:
    incoming = read(
        report(base64.encodebytes(STATUS.encode()), base64.encodebytes(RETURNED.encode()), encoding="base64")
    )

    assert [block["Action"] for block in incoming.blocks] == [None, "failed"]
    assert incoming.returned[0]["Message-ID"] == "<a@lumen.example>"
    assert "<a@lumen.example>" in incoming.everything


def test_the_senders_text_ends_where_the_copy_of_our_mail_begins() -> None:
    text = "User unknown\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <a@b.example>\nspam"

    assert read(f"Subject: x\n\n{text}".encode()).text.strip() == "User unknown"


def test_html_is_read_where_there_is_no_plain_text() -> None:
    content = "Content-Type: text/html; charset=utf-8\n\n<p>Mejlet <b>kunde inte</b> levereras &lt;a@b.example&gt;"

    assert read(content.encode()).text.split() == ["Mejlet", "kunde", "inte", "levereras", "<a@b.example>"]


@pytest.mark.parametrize("subject", ["=?utf-8?q?Fr=C3=A5nvarande?=", "Frånvarande", "=?no-such?q?Fr=C3=A5nvarande?="])
def test_a_subject_is_read_in_any_charset(subject: str) -> None:
    assert read(f"Subject: {subject}\n\n".encode()).subject == "Frånvarande"
