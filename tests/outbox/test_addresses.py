"""What an address is: one form for all, and what is refused."""

import pytest

from outbox.addresses import (
    MAX_TYPED,
    Address,
    AddressError,
    AddressTooLong,
    bare_address,
    comparable,
    domain_of,
    masked,
    normalise,
    without_name,
)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("kim@nacka.se", "kim@nacka.se"),
        ("  Kim.Andersson@Nacka.SE \n", "kim.andersson@nacka.se"),
        ("kim@Åre.se", "kim@xn--re-xia.se"),
        ("kim@xn--re-xia.se", "kim@xn--re-xia.se"),
    ],
)
def test_an_address_has_one_form(typed: str, normal: str) -> None:
    assert normalise(typed) == normal


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "kim",
        "kim@",
        "@nacka.se",
        "kim@nacka..se",
        "kim@a@b.se",
        "kim\r\nBcc: x@y.se@nacka.se",
        "k m@nacka.se",
        "kim@.se",
        "kim@@nacka.se",
    ],
)
def test_what_is_no_address_is_refused_in_swedish(typed: str) -> None:
    with pytest.raises(AddressError, match="är ingen e-postadress"):
        normalise(typed)


@pytest.mark.parametrize(
    "domain",
    [
        *("localhost", "LOCALHOST", "nacka", "[127.0.0.1]", "[IPv6:::1]", "[IPv6:2001:db8::1]"),
        *("127.0.0.1", "10.0.0.10", "1.22", "nacka.12", "localhost.", "．localhost", "nacka.se.", "x.1a"),
    ],
)
def test_k20_an_address_has_a_domain_with_a_name_and_a_dot(domain: str) -> None:
    with pytest.raises(AddressError, match="är ingen e-postadress"):
        normalise(f"kim@{domain}")
    assert comparable(f"Kim@{domain}") == f"kim@{domain.lower()}"


@pytest.mark.parametrize("domain", ["x.y.nacka.se", "a.xn--p1ai", "1.se", "8.8.8.se"])
def test_a_domain_may_have_many_dots_digits_and_letters_of_any_script(domain: str) -> None:
    assert normalise(f"kim@{domain}").startswith("kim@")


def test_the_message_repeats_the_beginning_of_what_was_typed() -> None:
    for length, shown in [(80, f"”{'k' * 80}” är för"), (81, f"”{'k' * 80}…” är för")]:
        with pytest.raises(AddressTooLong) as fault:
            normalise("k" * (length - len("@nacka.se")) + "@nacka.se")
        assert str(fault.value).startswith(shown.replace("k" * 80, ("k" * (length - 9) + "@nacka.se")[:80]))
    with pytest.raises(AddressError, match=f"^”{'k' * 80}” är ingen"):
        normalise("k" * 200)


def test_k2_a_text_much_longer_than_an_address_is_not_looked_at() -> None:
    assert MAX_TYPED == 1000
    with pytest.raises(AddressError, match="ingen"):
        normalise(" " + "x" * MAX_TYPED + " ")
    with pytest.raises(AddressTooLong):
        normalise("x" * (MAX_TYPED + 1))


@pytest.mark.parametrize("typed", [f"{'k' * 65}@nacka.se", f"kim@{'.'.join(['a' * 60] * 5)}.se"])
def test_an_address_that_no_server_takes_is_named_and_refused(typed: str) -> None:
    with pytest.raises(AddressTooLong, match=f"^”{typed[:60]}.*är för lång"):
        normalise(typed)


def test_the_longest_local_part_is_let_through() -> None:
    assert normalise(f"{'k' * 64}@nacka.se")


@pytest.mark.parametrize("extra", [0, 1])
def test_the_longest_address_is_let_through_and_one_character_more_is_not(extra: int) -> None:
    address = f"{'k' * 64}@{'.'.join(['a' * 60] * 3)}.{'b' * (6 + extra)}"
    assert len(address) == 254 + extra
    if extra:
        with pytest.raises(AddressTooLong):
            normalise(address)
    else:
        assert normalise(address) == address


def test_an_address_in_normal_form_is_not_read_again() -> None:
    address = normalise("Kim@Nacka.se")

    assert isinstance(address, Address)
    assert normalise(address) is address


@pytest.mark.parametrize(
    ("text", "form"),
    [("Kim@Åre.se ", "kim@xn--re-xia.se"), (" Ingen Adress ", "ingen adress"), ("", "")],
)
def test_whatever_is_written_can_be_compared(text: str, form: str) -> None:
    assert comparable(text) == form


@pytest.mark.parametrize(
    ("receiver", "address"),
    [("Kim Ek <kim@nacka.se>", "kim@nacka.se"), ("kim@nacka.se", "kim@nacka.se"), ("<kim@nacka.se>", "kim@nacka.se")],
)
def test_a_display_name_is_left_out(receiver: str, address: str) -> None:
    assert without_name(receiver) == address


@pytest.mark.parametrize("receiver", ["kim ek", "kim@nacka.se, bo@nacka.se", "XX@nacka.se"])
def test_without_angle_brackets_nothing_is_taken_away(receiver: str) -> None:
    assert without_name(receiver) == receiver


@pytest.mark.parametrize("broken", ["\r", "\n", "\0"])
def test_a_receiver_with_a_line_break_is_refused(broken: str) -> None:
    with pytest.raises(AddressError, match="^En adress får inte ha radbrytningar.$"):
        without_name(f"Kim{broken} <kim@nacka.se>")


@pytest.mark.parametrize(
    ("address", "domain"),
    [("kim@Nacka.SE ", "nacka.se"), ("@nacka.se", "nacka.se"), ("a@b@nacka.se", "nacka.se"), ("", "")],
)
def test_the_domain_stands_after_the_at_sign(address: str, domain: str) -> None:
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("info@straße.example", "info@xn--strae-oqa.example"),
        ("info@STRASSE.example", "info@strasse.example"),
        ("info@ÅRE.example", "info@xn--re-xia.example"),
        ("info@åre。example", "info@xn--re-xia.example"),
    ],
)
def test_m13_a_domain_with_other_letters_is_its_own(typed: str, normal: str) -> None:
    assert normalise(typed) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize("domain", ["☃.example", "å_å.example", "-å.example", f"{'å' * 70}.example", "💩.example"])
def test_m13_a_domain_that_cannot_be_registered_is_refused_in_swedish(domain: str) -> None:
    with pytest.raises(AddressError, match="är ingen e-postadress|är för lång"):
        normalise(f"info@{domain}")


@pytest.mark.parametrize(
    "text",
    [
        "anna@nacka.se",
        " Anna Berg <anna@nacka.se> ",
        '"Berg, Anna" <anna@nacka.se>',
        "anna@nacka.se <anna@nacka.se>",
        "<anna@nacka.se>",
        "'anna@nacka.se'",
        "mailto:anna@nacka.se?subject=Hej",
        "<MAILTO:anna@nacka.se>",
        "anna@na\u00adcka.se",
    ],
)
def test_m12_an_address_is_found_as_mail_programs_copy_it(text: str) -> None:
    assert bare_address(text) == "anna@nacka.se"


@pytest.mark.parametrize("text", ["", "anna", "a@b.se c@d.se", "<a@b.se> <c@d.se>", "<a@b.se> c@d.se"])
def test_what_is_not_one_address_is_given_back(text: str) -> None:
    assert bare_address(text) == text


def test_no_address_is_left_in_what_is_logged() -> None:
    said = "550 5.1.1 <anna.b+x@dals-ed.example>: Recipient rejected (åsa@nacka.example), see http://x.example/a"
    assert masked(said) == "550 5.1.1 <…>: Recipient rejected (…), see http://x.example/a"
    assert masked("250 2.0.0 Ok: queued as 4F") == "250 2.0.0 Ok: queued as 4F"
