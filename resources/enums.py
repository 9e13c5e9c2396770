"""The fixed ways in which material is sorted (see the domain's vocabulary)."""

from django.db import models


class ResourceKind(models.TextChoices):
    REPORT = "report", "Rapport"
    SUPPORT = "support", "Stödmaterial"
    CHECKLIST = "checklist", "Checklista"
    TEMPLATE = "template", "Mall"
    GUIDELINE = "guideline", "Rutin eller riktlinje"
    PRESENTATION = "presentation", "Presentation"
    PODCAST = "podcast", "Podd"
    FILM = "film", "Film"
    ELEARNING = "elearning", "E-utbildning"
    JUDGMENT = "judgment", "Dom"
    SURVEY = "survey", "Undersökning"
    EXPERIENCE = "experience", "Erfarenhet"


class Level(models.TextChoices):
    START = "start", "Komma igång"
    DEVELOP = "develop", "Utveckla arbetet"
    DEEPEN = "deepen", "Fördjupa"


class DatePrecision(models.TextChoices):
    """How much of a publication date is known; the rest of the date only serves the sorting."""

    DAY = "day", "Dag"
    MONTH = "month", "Månad"
    YEAR = "year", "År"
    UNKNOWN = "unknown", "Okänt, datumet visas inte"


class CategoryKind(models.TextChoices):
    SECTOR = "sector", "Sektor"
    AREA = "area", "Verksamhetsområde"
    ARRANGEMENT = "arrangement", "Hur pengarna betalas ut"
    AUDIENCE = "audience", "Målgrupp"


# The vocabulary that comes with LUMEN: kind, code, name. Editors may add to it.
CATEGORIES = (
    (CategoryKind.SECTOR, "health_care", "Hälso- och sjukvård"),
    (CategoryKind.SECTOR, "dental_care", "Tandvård"),
    (CategoryKind.SECTOR, "social_services", "Socialtjänst"),
    (CategoryKind.SECTOR, "lss", "LSS"),
    (CategoryKind.AREA, "home_care", "Hemtjänst"),
    (CategoryKind.AREA, "personal_assistance", "Personlig assistans"),
    (CategoryKind.AREA, "financial_assistance", "Ekonomiskt bistånd"),
    (CategoryKind.AREA, "hvb", "HVB"),
    (CategoryKind.AREA, "foster_care", "Familjehem"),
    (CategoryKind.AREA, "lss_housing", "LSS-boende"),
    (CategoryKind.AREA, "elderly_housing", "Särskilt boende för äldre"),
    (CategoryKind.AREA, "supported_housing", "Stödboende"),
    (CategoryKind.AREA, "necessary_dental", "Nödvändig tandvård"),
    (CategoryKind.AREA, "disability_dental", "Tandvård vid funktionsnedsättning"),
    (CategoryKind.AREA, "prescription", "Läkemedelsförskrivning"),
    (CategoryKind.AREA, "digital_care", "Digital utomlänsvård"),
    (CategoryKind.AREA, "certificates", "Intygsutfärdande"),
    (CategoryKind.AREA, "sole_practitioners", "Enskilda yrkesutövare"),
    (CategoryKind.ARRANGEMENT, "bought_service", "Köp av tjänst"),
    (CategoryKind.ARRANGEMENT, "payment_to_person", "Utbetalning till enskild"),
    (CategoryKind.ARRANGEMENT, "association_support", "Föreningsstöd"),
    (CategoryKind.AUDIENCE, "politicians", "Politiker"),
    (CategoryKind.AUDIENCE, "managers", "Chefer"),
    (CategoryKind.AUDIENCE, "case_workers", "Handläggare"),
    (CategoryKind.AUDIENCE, "procurement", "Upphandling"),
    (CategoryKind.AUDIENCE, "legal", "Juridik"),
    (CategoryKind.AUDIENCE, "economy", "Ekonomi"),
    (CategoryKind.AUDIENCE, "security", "Säkerhet"),
    (CategoryKind.AUDIENCE, "hr", "HR"),
    (CategoryKind.AUDIENCE, "it", "IT"),
)
