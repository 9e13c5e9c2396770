"""The fixed pages of LUMEN: their addresses and first texts, which editors may then change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .models import (
    BodyPage,
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    ResourceIndexPage,
    StandardPage,
    ThemeIndexPage,
)


@dataclass(frozen=True)
class FixedPage:
    model: type[BodyPage]
    slug: str
    title: str
    lead: str
    in_menus: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fields(self) -> dict[str, Any]:
        """The field values that the page is created with."""
        return {"slug": self.slug, "title": self.title, "lead": self.lead, **self.extra}


def _way_in(title: str, text: str, path: str) -> tuple[str, dict[str, Any]]:
    return ("way_in", {"title": title, "text": text, "page": None, "path": path})


WAYS_IN = [
    _way_in("Kom igång", "Det första ni kan göra, om arbetet är nytt hos er.", "/material/?niva=komma-igang"),
    _way_in("För politiker", "Mål, mandat och frågor att ställa till verksamheten.", "/material/?malgrupp=politiker"),
    _way_in("För chefer", "Organisera, fördela ansvar och följ upp.", "/material/?malgrupp=chefer"),
    _way_in("För handläggare", "Stöd före, vid och efter ett beslut.", "/material/?malgrupp=handlaggare"),
    _way_in(
        "Hemtjänst och assistans",
        "Material för två områden med många utförare.",
        "/material/?omrade=hemtjanst&omrade=personlig-assistans",
    ),
    _way_in(
        "Vård och tandvård",
        "Material för regionernas verksamhet.",
        "/material/?sektor=halso-och-sjukvard&sektor=tandvard",
    ),
]


HOME = FixedPage(
    HomePage,
    "start",
    "LUMEN",
    "Ett forum där kommuner, regioner och myndigheter lär av varandra för att stoppa välfärdsbrott.",
    extra={"ways_in": WAYS_IN},
)
FRAMEWORK = FixedPage(
    FrameworkPage,
    "ramverk",
    "Ramverket",
    "Fem delar som hänger ihop och som hjälper er att se var ni står och vad som är nästa steg.",
    in_menus=True,
)
FRAMEWORK_PARTS = (
    FixedPage(
        FrameworkPartPage,
        "forutsattningar",
        "Legala, geografiska och demografiska förutsättningar",
        "Lagar, plats, befolkning och resurser sätter ramarna för vad ni kan göra.",
        extra={"short_title": "Förutsättningar"},
    ),
    FixedPage(
        FrameworkPartPage,
        "forebygga",
        "Förebygga",
        "Bygg förmåga i den egna organisationen och rätta till svagheter innan de utnyttjas.",
        extra={"short_title": "Förebygga"},
    ),
    FixedPage(
        FrameworkPartPage,
        "forhindra-och-upptacka",
        "Förhindra och upptäcka",
        "Minska tillfällena till brott och märk tidigt när något inte stämmer.",
        extra={"short_title": "Förhindra och upptäcka"},
    ),
    FixedPage(
        FrameworkPartPage,
        "agera",
        "Agera",
        "Ta reda på mer, välj åtgärd och anmäl det som kan vara brott.",
        extra={"short_title": "Agera"},
    ),
    FixedPage(
        FrameworkPartPage,
        "lara",
        "Lära",
        "Ta vara på egna och andras erfarenheter så att nästa steg blir bättre.",
        extra={"short_title": "Lära"},
    ),
)
THEMES = FixedPage(
    ThemeIndexPage,
    "teman",
    "Teman",
    "Ämnen som forumet arbetar med, med material och möten om vart och ett.",
    in_menus=True,
)
LIBRARY = FixedPage(
    ResourceIndexPage,
    "material",
    "Material",
    "Checklistor, mallar, rapporter och erfarenheter som ni kan använda i ert eget arbete.",
    in_menus=True,
)
STANDARD_PAGES = (
    FixedPage(
        StandardPage, "om-lumen", "Om LUMEN", "Vilka som står bakom forumet, varför det finns och hur ni kan vara med."
    ),
    FixedPage(
        StandardPage,
        "tillganglighet",
        "Tillgänglighet",
        "Så fungerar webbplatsen för den som använder hjälpmedel, och så berättar du om brister.",
    ),
    FixedPage(StandardPage, "integritet", "Personuppgifter", "Vilka uppgifter vi sparar, varför och hur länge."),
)
