"""Organisations whose numbers may stand in public: kommuner, regioner and authorities.

A kommun or a region has a series of its own, and so has the state, so that a new authority needs no line here.
"""

# Series of numbers by their first six digits (Skatteverket, SKV 709).
SERIES = frozenset(
    {
        "202100",  # authorities of the state
        "212000",  # kommuner
        "232100",  # regioner
    }
)
# Others that take part in the work against welfare crime as public actors.
LISTED = frozenset(
    {
        "2220000315",  # Sveriges Kommuner och Regioner
    }
)


def is_public_body(digits: str) -> bool:
    """Whether the ten digits are those of a kommun, a region or a listed authority."""
    return digits[:6] in SERIES or digits in LISTED
