"""What a password may not be, besides short: words that an attacker tries first. docs/drift.md lists the rules."""

import re
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# Words of this site, its authority and its field. Whoever guesses tries them, with a year or some signs beside them.
WORDS_OF_THE_SITE = (
    *("lumen", "socialstyrelsen", "skr", "välfärdsbrott", "valfardsbrott", "kommun", "region", "redaktör", "redaktor"),
    *("redaktion", "kontaktperson", "administratör", "administrator", "admin", "lösenord", "losenord", "password"),
    *("sommar", "vinter", "höst", "vår", "sverige", "stockholm"),
)
# How much of a password must be left when those words are taken out. Three such words beside each other are no secret.
LEAST_BESIDE = 8
_WORDS = re.compile("|".join(sorted(WORDS_OF_THE_SITE, key=len, reverse=True)), re.IGNORECASE)
_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_REPEATED = re.compile(r"(.+?)\1+")


class SiteWordsValidator:
    """Refuses a password that is little more than words of the site, such as `lumen-sommar-2026`."""

    def validate(self, password: str, user: Any = None) -> None:
        words = _WORDS.sub("", password)
        if words != password and len(re.sub(r"[\W\d_]", "", words)) < LEAST_BESIDE:
            raise ValidationError(
                "Lösenordet är lätt att gissa. Ta några ord som inte har med LUMEN eller jobbet att göra.",
                code="password_words_of_site",
            )

    def get_help_text(self) -> str:
        return "Lösenordet får inte bara vara ord som har med LUMEN att göra."


class PaddedCommonPasswordValidator(CommonPasswordValidator):
    """Refuses a common password also when it is repeated or has digits and signs around it: `qwerty2026!!`."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        bare = _ENDS.sub("", password.lower())
        for form in {bare, *(once[1] for text in (password.lower(), bare) if (once := _REPEATED.fullmatch(text)))}:
            super().validate(form, user)
