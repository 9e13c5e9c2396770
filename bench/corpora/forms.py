"""The ways in which the number of a person is written: twelve digits in, a text out."""

from collections.abc import Callable
from random import Random

Form = Callable[[Random, str], str]

_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")
_BOLD = {ord("0") + digit: chr(0x1D7CE + digit) for digit in range(10)}
_MONO = {ord("0") + digit: chr(0x1D7F6 + digit) for digit in range(10)}
_ZERO_WIDTH = ("\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202c")


def _short(n: str, between: str = "-") -> str:
    return f"{n[2:8]}{between}{n[8:]}"


def _long(n: str, between: str = "-") -> str:
    return f"{n[:8]}{between}{n[8:]}"


def _dated(n: str, between: str, last: str) -> str:
    return f"{n[:4]}{between}{n[4:6]}{between}{n[6:8]}{last}{n[8:]}"


def _strewn(rng: Random, written: str) -> str:
    """With something invisible in a few places."""
    for _ in range(rng.choice((1, 2, 3))):
        at = rng.randrange(1, len(written))
        written = written[:at] + rng.choice(_ZERO_WIDTH) + written[at:]
    return written


COMMON: dict[str, Form] = {
    "ÅÅMMDD-NNNN": lambda rng, n: _short(n),
    "ÅÅÅÅMMDD-NNNN": lambda rng, n: _long(n),
    "ÅÅMMDDNNNN": lambda rng, n: n[2:],
    "ÅÅÅÅMMDDNNNN": lambda rng, n: n,
}
TUNING: dict[str, Form] = {
    **COMMON,
    "tankstreck": lambda rng, n: _short(n, "–"),
    "hårt blanksteg": lambda rng, n: _short(n, "\u00a0"),
    "blanksteg": lambda rng, n: _short(n, " "),
    "ÅÅ MM DD - NN NN": lambda rng, n: f"{n[2:4]} {n[4:6]} {n[6:8]} - {n[8:10]} {n[10:]}",
    "ÅÅÅÅ-MM-DD-NNNN": lambda rng, n: _dated(n, "-", "-"),
    "ÅÅÅÅ MM DD NNNN": lambda rng, n: _dated(n, " ", " "),
    "radbrytning efter strecket": lambda rng, n: _short(n, "-\n"),
    "snedstreck": lambda rng, n: _short(n, "/"),
    "hel bredd": lambda rng, n: _short(n).translate(_FULL_WIDTH),
    "nollbredd": lambda rng, n: _strewn(rng, _short(n)),
    "siffra för siffra": lambda rng, n: " ".join(n[2:]),
    "parentes": lambda rng, n: f"({_short(n)})",
    "klistrat vid ord": lambda rng, n: f"pnr:{_short(n)}",
    "HTML-tecken": lambda rng, n: _short(n, "&#8211;"),
}
TEST: dict[str, Form] = {
    **COMMON,
    "minustecken": lambda rng, n: _short(n, "\u2212"),
    "långt tankstreck, blanksteg": lambda rng, n: _long(n, " — "),
    "sifferstreck": lambda rng, n: _short(n, "\u2012"),
    "smalt hårt blanksteg": lambda rng, n: _short(n, "\u202f"),
    "tunt blanksteg": lambda rng, n: _long(n, "\u2009"),
    "ÅÅÅÅ MM DD-NNNN": lambda rng, n: _dated(n, " ", "-"),
    "ÅÅ-MM-DD-NNNN": lambda rng, n: _dated(n, "-", "-")[2:],
    "ÅÅÅÅ.MM.DD-NNNN": lambda rng, n: _dated(n, ".", "-"),
    "ÅÅÅÅ/MM/DD-NNNN": lambda rng, n: _dated(n, "/", "-"),
    "radbrytning i stället för streck": lambda rng, n: _short(n, "\r\n"),
    "radbrytning i talet": lambda rng, n: f"{n[2:6]}\n{n[6:8]}-{n[8:]}",
    "avstavat": lambda rng, n: f"{n[:6]}\u00ad-\n{n[6:8]}-{n[8:]}",
    "punkt": lambda rng, n: _short(n, "."),
    "tabb": lambda rng, n: _short(n, "\t"),
    "arabiska siffror": lambda rng, n: _short(n).translate(_ARABIC),
    "matematiska siffror": lambda rng, n: _long(n).translate(rng.choice((_BOLD, _MONO))),
    "nollbredd i tolv siffror": lambda rng, n: _strewn(rng, n),
    "glesat": lambda rng, n: f"{' '.join(n[2:8])} - {' '.join(n[8:])}",
    "ÅÅMMDD-NN NN": lambda rng, n: f"{n[2:8]}-{n[8:10]} {n[10:]}",
    "citat": lambda rng, n: f"”{_long(n)}”",
    "SE före": lambda rng, n: f"SE{_short(n)}",
    "momsnummer": lambda rng, n: f"SE{n[2:]}01",
    "länk": lambda rng, n: f"https://exempel.se/sok?pnr={_short(n)}&sida=2",
    "HTML-blanksteg": lambda rng, n: _short(n, "&nbsp;-&nbsp;"),
    "stjärnor": lambda rng, n: f"**{_short(n)}**",
}
# Those of people over a hundred have a plus.
PLUS: dict[str, Form] = {"plus": lambda rng, n: _short(n, "+"), "plus, hel bredd": lambda rng, n: _short(n, "＋")}
