"""What an address is: one form for all, and what is refused."""

import pytest

from outbox.addresses import Address, AddressError, AddressTooLong, comparable, domain_of, normalise, without_name


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
    ],
)
def test_what_is_no_address_is_refused_in_swedish(typed: str) -> None:
    with pytest.raises(AddressError, match="är ingen e-postadress"):
        normalise(typed)


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


@pytest.mark.parametrize(("address", "domain"), [("kim@Nacka.SE ", "nacka.se"), ("@nacka.se", "nacka.se"), ("", "")])
def test_the_domain_stands_after_the_at_sign(address: str, domain: str) -> None:
    assert domain_of(address) == domain
