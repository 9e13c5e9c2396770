import pytest

from meetings.addresses import AddressError, normalise_address


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
    assert normalise_address(typed) == normal


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
        normalise_address(typed)


@pytest.mark.parametrize("typed", [f"{'k' * 65}@nacka.se", f"kim@{'.'.join(['a' * 60] * 5)}.se"])
def test_an_address_that_no_server_takes_is_named_and_refused(typed: str) -> None:
    with pytest.raises(AddressError, match=f"^”{typed[:60]}.*är för lång"):
        normalise_address(typed)


def test_the_longest_local_part_is_let_through() -> None:
    assert normalise_address(f"{'k' * 64}@nacka.se")
