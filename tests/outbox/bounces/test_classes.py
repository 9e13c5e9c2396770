"""The class of a refusal, by its codes and words."""

import pytest

from outbox.bounces.classes import classify
from outbox.enums import BounceClass

DEAD, MAILBOX, REFUSED = BounceClass.DEAD, BounceClass.MAILBOX, BounceClass.REFUSED


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("550 5.1.1 User unknown", DEAD),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found", DEAD),
        ("550 5.1.8 Access denied, bad outbound sender", REFUSED),
        ("550 5.2.1 disabled", DEAD),
        ("552 5.2.2 full", MAILBOX),
        ("552 5.3.4 too big", MAILBOX),
        ("550 5.4.1 Recipient address rejected: Access denied", DEAD),
        ("550 5.4.1 no answer from host", MAILBOX),
        ("550 5.4.4 host not found", DEAD),
        ("500 4.4.7 expired", MAILBOX),
        ("450 4.1.1 try later", MAILBOX),
        ("421 4.7.0 rate limited", REFUSED),
        ("550 5.4.5 Daily user sending limit exceeded", REFUSED),
        ("554 5.6.1 content", REFUSED),
        ("550 5.7.1 Message refused", REFUSED),
        ("550 5.7.1 Recipient address rejected: Access denied", REFUSED),
        ("550 5.7.1 Recipient not found", DEAD),
        ("550 5.7.17 Mailbox owner has changed", DEAD),
        ("550 5.0.350 Remote server returned an error -> 550 5.7.1 spam", REFUSED),
    ],
)
def test_m7_the_enhanced_code_decides_where_it_is_clear_and_else_the_words(said: str, expected: BounceClass) -> None:
    assert classify(said) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("550 Requested action not taken: mailbox unavailable", DEAD),
        ("550 No such user here", DEAD),
        ("554 delivery error: dd This user doesn't have a yahoo.example account", DEAD),
        ("550 Användaren finns inte", DEAD),
        ("550 Brevlådan är full", MAILBOX),
        ("552 Mailbox size limit exceeded", MAILBOX),
        ("554 rejected due to SPF", REFUSED),
        ("554 Mejlet stoppades som skräppost", REFUSED),
        ("550 Sender verify failed: user unknown", REFUSED),
        # Names of servers say nothing.
        ("host antispam.policy.example said: 550 unknown user spam@full.example", DEAD),
    ],
)
def test_without_an_enhanced_code_the_words_decide(said: str, expected: BounceClass) -> None:
    assert classify(said) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [("550 x", REFUSED), ("553 x", DEAD), ("552 x", MAILBOX), ("451 x", MAILBOX), ("x", None), ("", None)],
)
def test_last_the_code_of_smtp_decides(said: str, expected: BounceClass | None) -> None:
    assert classify(said) is expected


@pytest.mark.parametrize(
    "said", ["Exim 4.94.2 at 192.0.5.1", "version 5.5.2653.19", "Länken i mejlet leder ingenstans"]
)
def test_numbers_that_are_no_codes_say_nothing(said: str) -> None:
    assert classify(said) is None


@pytest.mark.parametrize("subject", range(8))
def test_every_enhanced_code_has_a_class(subject: int) -> None:
    for level in (4, 5):
        for detail in range(100):
            assert (classify(f"{level}.{subject}.{detail}") is None) == (subject == 0)
