"""Numbers as they are written in Sweden, made at random with the checksums that they have."""

from datetime import date, timedelta
from random import Random

from stdnum import ean, iban, isbn, luhn

_BIRTHS = (date(1925, 1, 1), date(2021, 12, 31))
_BUSINESS = (date(2019, 1, 1), date(2026, 6, 30))
_AREAS = ("08", "031", "040", "046", "018", "019", "026", "060", "090", "0455", "0911", "0142")
_LETTERS = ("S", "Fi", "Ju", "KS", "SN", "ON", "KSN", "HSN", "SKR", "BUN")


def _digits(rng: Random, many: int) -> str:
    return "".join(rng.choices("0123456789", k=many))


def _with_check(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


def _day(rng: Random, period: tuple[date, date]) -> date:
    first, last = period
    return first + timedelta(days=rng.randrange((last - first).days))


def personal(rng: Random, *, coordination: bool = False) -> str:
    """Twelve digits: year, month, day (plus 60 in a samordningsnummer) and four with the checksum."""
    born = _day(rng, _BIRTHS)
    day = born.day + 60 if coordination else born.day
    ten = _with_check(f"{born:%y%m}{day:02d}{rng.randrange(1, 1000):03d}")
    return f"{born.year // 100}{ten}"


def centenarian(rng: Random) -> str:
    """The same for somebody born more than a hundred years ago."""
    born = _day(rng, (date(1900, 1, 1), date(1924, 12, 31)))
    return f"{born.year // 100}{_with_check(f'{born:%y%m%d}{rng.randrange(1, 1000):03d}')}"


def mobile(rng: Random) -> str:
    """Ten digits without anything between."""
    return rng.choice(("070", "072", "073", "076", "079")) + _digits(rng, 7)


def phone(rng: Random) -> str:
    """A phone number in one of the usual forms."""
    if rng.random() < 0.5:
        n = mobile(rng)
        return rng.choice(
            (
                n,
                f"{n[:3]}-{n[3:]}",
                f"{n[:3]}-{n[3:6]} {n[6:8]} {n[8:]}",
                f"{n[:3]} {n[3:6]} {n[6:8]} {n[8:]}",
                f"{n[:4]}-{n[4:6]} {n[6:8]} {n[8:]}",
                f"+46 {n[1:3]} {n[3:6]} {n[6:8]} {n[8:]}",
                f"+46{n[1:]}",
                f"0046{n[1:]}",
                f"{n[:3]}–{n[3:6]} {n[6:]}",
            )
        )
    if rng.random() < 0.4:
        n = _digits(rng, 7)
        return rng.choice(
            (f"010-{n[:3]} {n[3:5]} {n[5:]}", f"010{n}", f"010 {n[:3]} {n[3:]}", f"+46 10 {n[:3]} {n[3:]}")
        )
    area = rng.choice(_AREAS)
    n = str(rng.randrange(1, 10)) + _digits(rng, 9 - len(area))
    return rng.choice((f"{area}-{n}", f"{area}-{n[:3]} {n[3:]}", f"{area}-{n[:2]} {n[2:4]} {n[4:]}", area + n))


def bankgiro(rng: Random) -> str:
    number = _with_check(str(rng.randrange(1, 10)) + _digits(rng, rng.choice((5, 6))))
    return f"{number[:-4]}-{number[-4:]}"


def plusgiro(rng: Random) -> str:
    number = _with_check(str(rng.randrange(1, 10)) + _digits(rng, rng.choice((4, 5, 6))))
    head = number[:-1]
    pairs = " ".join(head[max(0, end - 2) : end] for end in range(len(head) % 2 or 2, len(head) + 1, 2))
    return f"{rng.choice((head, pairs))}-{number[-1]}"


def ocr(rng: Random) -> str:
    """A reference for payment, often ten digits that start as a date does."""
    draw = rng.random()
    if draw < 0.45:
        return _with_check(f"{_day(rng, _BUSINESS):%y%m%d}{_digits(rng, 3)}")
    if draw < 0.7:
        return _with_check(_digits(rng, 9))
    return _with_check(str(rng.randrange(1, 10)) + _digits(rng, rng.choice((5, 7, 11, 14, 16, 23))))


def invoice(rng: Random) -> str:
    """Often the day and a number, without a checksum."""
    day = _day(rng, _BUSINESS)
    return rng.choice(
        (
            f"{day:%y%m%d}{_digits(rng, 4)}",
            f"{day:%Y}{_digits(rng, 5)}",
            _digits(rng, 8),
            f"F{day:%y}-{_digits(rng, 4)}",
            f"{day:%Y%m}-{_digits(rng, 3)}",
            _digits(rng, 10),
        )
    )


def diary(rng: Random) -> str:
    year, number = rng.randrange(2015, 2027), rng.randrange(1, 99999)
    return rng.choice(
        (
            f"{year}/{number:05d}",
            f"{rng.choice(_LETTERS)} {year}/{number}",
            f"{rng.choice(_LETTERS)}{year}/{number:05d}",
            f"{rng.randrange(1, 10)}.{rng.randrange(1, 10)}-{number:05d}/{year}",
            f"{year}-{number:05d}",
            f"{rng.choice(_LETTERS)}-{year}-{number}",
            f"{year}:{number}",
        )
    )


def court(rng: Random) -> str:
    number, year = rng.randrange(10, 19999), rng.randrange(15, 27)
    return f"{rng.choice(('T', 'B', 'Ö', 'FT', 'UM', 'PMT', ''))} {number}-{year}".strip()


def law(rng: Random) -> str:
    return f"{rng.randrange(1949, 2027)}:{rng.randrange(1, 1950)}"


def article(rng: Random) -> str:
    return rng.choice(
        (
            _digits(rng, 6),
            _digits(rng, 10),
            f"{_digits(rng, 3)}-{_digits(rng, 4)}",
            f"{_digits(rng, 6)} {_digits(rng, 4)}",
            f"A{_digits(rng, 5)}",
            f"{_digits(rng, 3)}.{_digits(rng, 3)}.{_digits(rng, 2)}",
        )
    )


def day(rng: Random) -> str:
    chosen = _day(rng, (date(1995, 1, 1), date(2027, 12, 31)))
    return chosen.strftime(rng.choice(("%Y-%m-%d", "%Y%m%d", "%y%m%d", "%d/%m %Y", "%Y.%m.%d", "%d-%m-%Y")))


def period(rng: Random) -> str:
    first = _day(rng, _BUSINESS)
    last = first + timedelta(days=rng.randrange(1, 500))
    form, dash = rng.choice(("%Y-%m-%d", "%Y%m%d", "%y%m%d")), rng.choice(("–", "-", " – ", " - "))
    return f"{first.strftime(form)}{dash}{last.strftime(form)}"


def moment(rng: Random) -> str:
    form = rng.choice(("%Y-%m-%d {t}", "%Y-%m-%dT{t}", "%y%m%d {t}", "%Y-%m-%d kl. {t}"))
    t = f"{rng.randrange(24):02d}{rng.choice((':', '.'))}{rng.randrange(60):02d}"
    return _day(rng, _BUSINESS).strftime(form).format(t=t)


def amount(rng: Random) -> str:
    value = rng.choice((rng.randrange(100, 10_000), rng.randrange(10_000, 10_000_000), rng.randrange(10**9, 10**10)))
    spaced = f"{value:,}".replace(",", rng.choice((" ", "\u00a0", ".", "\u202f")))
    return rng.choice((spaced, str(value), f"{spaced},{_digits(rng, 2)}"))


def isbn13(rng: Random) -> str:
    body = "97891" + _digits(rng, 7)
    full = body + ean.calc_check_digit(body)
    return rng.choice((full, f"{full[:3]}-{full[3:5]}-{full[5:7]}-{full[7:12]}-{full[12]}", isbn.format(full)))


def isbn10(rng: Random) -> str:
    body = "91" + _digits(rng, 7)
    check = (11 - sum((10 - place) * int(digit) for place, digit in enumerate(body)) % 11) % 11
    full = body + ("X" if check == 10 else str(check))
    return rng.choice(
        (full, f"{full[:2]}-{full[2:5]}-{full[5:9]}-{full[9]}", f"{full[:2]}-{full[2:4]}-{full[4:9]}-{full[9]}")
    )


def issn(rng: Random) -> str:
    return f"{_digits(rng, 4)}-{_digits(rng, 4)}"


def ean13(rng: Random) -> str:
    body = rng.choice(("73", "50", "40")) + _digits(rng, 10)
    return body + ean.calc_check_digit(body)


def account(rng: Random) -> str:
    """An IBAN, or a clearing number and an account."""
    if rng.random() < 0.5:
        body = _digits(rng, 20)
        full = f"SE{iban.calc_check_digits('SE00' + body)}{body}"
        return " ".join(full[at : at + 4] for at in range(0, 24, 4)) if rng.random() < 0.6 else full
    return f"{rng.randrange(3000, 9999)}-{_digits(rng, 3)} {_digits(rng, 3)} {_digits(rng, 1)}"


def place(rng: Random) -> str:
    if rng.random() < 0.5:
        return f"{rng.randrange(550000, 690000) / 10**4:.4f}, {rng.randrange(110000, 240000) / 10**4:.4f}"
    return f"N {rng.randrange(6_130_000, 7_690_000)} E {rng.randrange(270_000, 910_000)}"


def version(rng: Random) -> str:
    return ".".join(str(rng.randrange(30)) for _ in range(rng.choice((2, 3, 4)))) + rng.choice(
        ("", "", f"+{_digits(rng, 8)}")
    )


def identity(rng: Random) -> str:
    """A UUID, a hash or an address on the web with digits in it."""
    raw = "".join(rng.choices("0123456789abcdef", k=32))
    return rng.choice(
        (
            raw,
            f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}",
            f"https://www.exempel.se/artikel/{_digits(rng, 10)}",
            f"https://www.exempel.se/{_day(rng, _BUSINESS):%Y/%m/%d}/{_digits(rng, 6)}.html",
            f"https://doi.org/10.1016/j.{_digits(rng, 4)}.{_digits(rng, 2)}",
        )
    )


def public_body(rng: Random) -> str:
    """The organisationsnummer of a kommun, a region or an authority."""
    number = _with_check(rng.choice(("212000", "232100", "202100")) + _digits(rng, 3))
    return f"{number[:6]}-{number[6:]}"


def count(rng: Random) -> str:
    return rng.choice(
        (str(rng.randrange(2, 100)), str(rng.randrange(100, 10_000)), f"{rng.randrange(10, 999)} {_digits(rng, 3)}")
    )


def share(rng: Random) -> str:
    return f"{rng.randrange(1, 100)},{rng.randrange(10)}"


def year(rng: Random) -> str:
    return str(rng.randrange(1990, 2030))
