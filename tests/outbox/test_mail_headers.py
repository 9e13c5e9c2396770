"""What is read in a header is what was written, wherever its lines break."""

import email
import email.policy
import random
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outbox.composition import compose
from outbox.mail_headers import POLICY
from outbox.mails import Mail

# As people write them, with what may be taken for something else.
SENTENCE = (
    "lärdomar från Åre Malmö möte – ”inbjudan” välfärdsbrott och i upphandling: 'nu' (Örebro) AB-CD @ <x>; a 😀 "
    'personnummerkontrollverksamhetsutveckling tis 10 mars, kl. 9–12 "citat" =?utf-8?q?=0D=0ABcc:_x?='
)
WORDS = SENTENCE.split()
anything = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1)
words = st.lists(st.sampled_from(WORDS) | anything, min_size=1)
# A loaded machine is no fault of the headers.
WITHOUT_A_CLOCK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
subjects = words.map(lambda found: " ".join(found)[:250].strip()).filter(bool)


def written(subject: str) -> bytes:
    return compose(Mail(to="anna@nacka.example", subject=subject, text="Hej")).message


def assert_read_as(content: bytes, subject: str) -> None:
    assert email.message_from_bytes(content, policy=email.policy.default)["Subject"] == subject
    raw = (
        email.message_from_bytes(content, policy=email.policy.compat32)["Subject"].replace("\r\n", "").replace("\n", "")
    )
    if "=?" in raw:
        raw = str(make_header(decode_header(raw)))
    assert raw == subject
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    assert "\nBcc:" not in head
    longest_word = max(map(len, subject.split())) if subject.isascii() else 0
    assert max(map(len, head.split("\r\n"))) <= max(78, longest_word + len("Subject: "))


def test_a_space_stays_where_the_line_breaks():
    for length in range(1, 80):
        subject = f"{'x' * length} – lärdomar från Åre och Malmö om ”ärenden” i välfärden"
        assert_read_as(written(subject), subject)


@pytest.mark.parametrize("seed", range(150))
def test_swedish_subjects_of_any_length(seed: int):
    chance = random.Random(seed)
    subject = " ".join(chance.choice(WORDS) for _ in range(60))[: 1 + seed * 249 // 149].strip()
    assert_read_as(written(subject), subject)


@WITHOUT_A_CLOCK
@given(subjects)
def test_any_subject(subject: str):
    assert_read_as(written(subject), subject)


@WITHOUT_A_CLOCK
@given(words.map(lambda found: " ".join(found)[:150].strip().replace("=?", "")).filter(bool))
def test_a_name_beside_an_address(name: str):
    message = email.message.EmailMessage(policy=POLICY)
    message["Reply-To"] = email.headerregistry.Address(name, addr_spec="svar@forum.example")
    content = message.as_bytes()

    raw = email.message_from_bytes(content, policy=email.policy.compat32)["Reply-To"]
    shown, bare = parseaddr(raw.replace("\n", ""))
    assert bare == "svar@forum.example"
    assert (str(make_header(decode_header(shown))) if "=?" in shown else shown) == name
    assert max(map(len, content.decode("ascii").split("\r\n"))) <= 78


def test_the_forums_name_beside_its_addresses(settings):
    name = "Forum för lärande om välfärdsbrott"
    settings.DEFAULT_FROM_EMAIL = f"{name} <lumen@forum.example>"
    settings.REPLY_TO_EMAIL = f"{name} <svar@forum.example>"
    message = email.message_from_bytes(written("x"), policy=email.policy.default)

    assert message["From"].addresses[0].display_name == name
    assert message["Reply-To"].addresses[0].display_name == name
