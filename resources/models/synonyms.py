"""Words that mean the same, which the editors keep for the search."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from gate.models import Screened

from ..search.words import sought_words

MOST_LETTERS = 400  # of what a word means


class Synonym(Screened):
    """A word or phrase, and what else is said for it; used by the search at once."""

    phrase = models.CharField("ord eller uttryck", max_length=80, unique=True)
    means = models.CharField(
        "betyder detsamma som",
        max_length=MOST_LETTERS,
        help_text="Skilj flera åt med semikolon. Exempel: felaktiga utbetalningar; felutbetalning.",
    )
    both_ways = models.BooleanField(
        "gäller åt båda hållen",
        default=True,
        help_text="Kryssa ur om orden till höger inte ska hitta ordet till vänster.",
    )

    class Meta:
        verbose_name = "synonym"
        verbose_name_plural = "synonymer"
        ordering: ClassVar[list[str]] = ["phrase"]

    def __str__(self) -> str:
        return self.phrase

    def clean(self) -> None:
        super().clean()
        if not sought_words(self.phrase):
            raise ValidationError({"phrase": "Skriv ett ord som går att söka på. Så vanliga ord söker vi inte på."})
        if not any(sought_words(other) for other in self.others):
            raise ValidationError({"means": "Skriv minst ett ord som går att söka på."})
        if all(other.casefold() == self.phrase.strip().casefold() for other in self.others):
            raise ValidationError({"means": "Skriv ett annat ord än det till vänster."})
        if (same := Synonym.objects.filter(phrase__iexact=self.phrase.strip()).exclude(pk=self.pk).first()) is not None:
            raise ValidationError({"phrase": f"”{same.phrase}” finns redan. Ändra den raden i stället."})

    @property
    def others(self) -> list[str]:
        """What else is said, one by one."""
        return [text for part in self.means.split(";") if (text := part.strip())]
