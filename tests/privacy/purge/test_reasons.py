"""The reason of a purge outlives what is removed, so it must not name it."""

import pytest

from privacy.purge.actions import MAX_REASON, reason_fault
from tests.factories.resources import ResourcePageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "reason", "fault"),
    [
        ("Eken", "Texten om eken ska bort.", "utan titel"),
        ("Eka", "Texten om eka ska bort.", ""),  # so short that any reason may need the word
        ("Rapport om fusk", "Hela RAPPORT OM FUSK ska bort.", "utan titel"),
        ("Rapport om fusk", "x" * MAX_REASON, ""),
        ("Rapport om fusk", "x" * (MAX_REASON + 1), "högst"),
        ("Rapport om fusk", "  ", "varför"),
    ],
)
def test_a_reason_names_nothing_and_is_short(title: str, reason: str, fault: str) -> None:
    told = reason_fault(ResourcePageFactory(title=title), reason)
    assert (fault in told) if fault else (told == "")
