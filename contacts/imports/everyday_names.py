"""Reduces the names that people write for organisations to a form in which equal names are equal.

Each function takes a name, official or written, and returns its key; the keys of a written name are compared with
those of the official ones, from the strictest to the most forgiving. None of them mends a misspelt name.
"""

import re
import unicodedata

from outbox.plain_text import one_line

SHORT_WORDS = {
    "sthlm": "stockholm",
    "sthlms": "stockholms",
    "gbg": "göteborg",
    "gbgs": "göteborgs",
    "v": "västra",
    "v:a": "västra",
    "ö": "östra",
    "ö:a": "östra",
    "reg": "region",
    "lt": "landstinget",
    "kn": "kommun",
    "k:n": "kommun",
}
REGION_NOUNS = {"region", "regionen", "landsting", "landstinget"}
REGION_WORDS = REGION_NOUNS | {"i", "län", "läns"}
MUNICIPAL_WORDS = {"kommun", "kommunen", "kommuns", "stad", "staden", "stads"}
# What a region is called in short, or was called, by what `of_region` leaves of the name.
OTHER_REGION_NAMES = {
    "vgr": "västra götaland",
    "vg": "västra götaland",
    "sll": "stockholm",
    "rjl": "jönköping",
    "rjh": "jämtland härjedalen",
    "rvn": "västernorrland",
    "jämtland": "jämtland härjedalen",
    "jämtland och härjedalen": "jämtland härjedalen",
    "södermanland": "sörmland",
}
# A part of the organisation, such as *Socialförvaltningen*, says nothing of which organisation it is.
UNIT = re.compile(
    r"\w*(?:förvaltning|nämnd|kontor|avdelning|enhet|styrelse|stab|kansli|ledning|socialtjänst|omsorg)(?:en|et|n)?s?",
    re.IGNORECASE,
)
OTHER_BODY = re.compile(r"förbund|bolag|stiftelse", re.IGNORECASE)  # which has a name of its own, and units too
ABBREVIATION = re.compile(r"[A-ZÅÄÖ]{1,4}")
BETWEEN_PARTS = re.compile(r"\s*[,;()/|]\s*|\s+[-–—]\s+")
WITHOUT_DOTS = str.maketrans("åäöéü", "aaoeu")


def simplified(name: str) -> str:
    """The name without differences of case, hyphens and spaces. å, ä and ö stay: Habo is not Håbo."""
    return one_line(unicodedata.normalize("NFKC", name).casefold().replace("-", " "))


def spelt_out(name: str) -> str:
    """The name with short words in full and without the units of the organisation: *V:a Götaland, HR-enheten*."""
    words = [word.strip(".,*:") for word in simplified(name).replace("/", " ").split()]
    return " ".join(SHORT_WORDS.get(word, word) for word in words if word and not UNIT.fullmatch(word))


def of_region(name: str) -> str:
    """What is left of a region's name without the words that they share: *Landstinget i Värmland* is *värmland*."""
    words = [word for word in spelt_out(name).split() if word not in REGION_WORDS]
    core = " ".join(word.removesuffix("sregionen").removesuffix("regionen") for word in words).removesuffix("s")
    return OTHER_REGION_NAMES.get(core, core).strip()


def of_municipality(name: str) -> str:
    """What is left of a kommun's name without *kommun* and *stad*: *Kommunen Nacka* and *Nacka stad* are *nacka*."""
    return " ".join(word for word in spelt_out(name).split() if word not in MUNICIPAL_WORDS).removesuffix("s")


def glued(name: str) -> str:
    """The name without spaces: *Region Skåne* and *RegionSkåne* are *regionskåne*."""
    return spelt_out(name).replace(" ", "")


def without_dots(name: str) -> str:
    """The name as on a keyboard without å, ä and ö."""
    return glued(name).translate(WITHOUT_DOTS)


def lacks_only_dots(written: str, official: str) -> bool:
    """Whether nothing but dots are missing in what is written: *Goteborg* is Göteborg, but *Åle* is not Ale."""
    plain, whole = glued(written), glued(official)
    return len(plain) == len(whole) and all(
        one in (other, other.translate(WITHOUT_DOTS)) for one, other in zip(plain, whole, strict=True)
    )


def parts(name: str) -> list[str]:
    """The parts of a name such as *Nacka kommun (Stockholms län)* or *Socialkontoret, Nacka*."""
    return [part for part in BETWEEN_PARTS.split(one_line(name)) if part]


def may_be_county(part: str) -> bool:
    """Whether the name of a region in a part of a name may tell of the county alone: *Mora kommun (Dalarna)*."""
    return not REGION_NOUNS & set(spelt_out(part).split())


def says_nothing(part: str) -> bool:
    """Whether the part tells of a unit or county and not of an organisation."""
    words = simplified(part).split()
    is_unit = bool(UNIT.fullmatch(words[-1])) and not OTHER_BODY.search(part) if words else True
    return is_unit or (words[-1] in ("län", "lan") and may_be_county(part))
