"""The fixed pages of LUMEN: their addresses and first texts, which editors then make their own."""

from dataclasses import dataclass

from .models import (
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    ResourceIndexPage,
    StandardPage,
    ThemeIndexPage,
)
from .models.pages import BodyPage


@dataclass(frozen=True)
class FixedPage:
    model: type[BodyPage]
    slug: str
    title: str
    lead: str
    short_title: str = ""
    in_menus: bool = False

    @property
    def fields(self) -> dict[str, str]:
        """What the page is created with."""
        fields = {"slug": self.slug, "title": self.title, "lead": self.lead}
        return fields | ({"short_title": self.short_title} if self.short_title else {})


HOME = FixedPage(
    HomePage,
    "start",
    "LUMEN",
    "Ett forum där kommuner, regioner och myndigheter lär av varandra för att stoppa välfärdsbrott.",
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
        "Förutsättningar",
    ),
    FixedPage(
        FrameworkPartPage,
        "forebygga",
        "Förebygga",
        "Bygg förmåga i den egna organisationen och rätta till svagheter innan de utnyttjas.",
        "Förebygga",
    ),
    FixedPage(
        FrameworkPartPage,
        "forhindra-och-upptacka",
        "Förhindra och upptäcka",
        "Minska tillfällena till brott och märk tidigt när något inte stämmer.",
        "Förhindra och upptäcka",
    ),
    FixedPage(
        FrameworkPartPage,
        "agera",
        "Agera",
        "Ta reda på mer, välj åtgärd och anmäl det som kan vara brott.",
        "Agera",
    ),
    FixedPage(
        FrameworkPartPage,
        "lara",
        "Lära",
        "Ta vara på egna och andras erfarenheter så att nästa steg blir bättre.",
        "Lära",
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
