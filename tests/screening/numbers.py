"""Numbers with right checksums, made here: nobody's own."""

from personnummer import personnummer


def _checked(nine: str) -> str:
    """The nine digits with the checksum that makes them valid."""
    numbers = (f"{nine[:6]}-{nine[6:]}{digit}" for digit in range(10))
    return next(number for number in numbers if personnummer.valid(number))


def personal_number(serial: int = 980, birth: str = "850709") -> str:
    """A personnummer as `850709-9805`. Serials from 980 to 999 are kept by the tax agency for tests."""
    return _checked(f"{birth}{serial:03}")


def coordination_number(serial: int = 980, birth: str = "850709") -> str:
    """A samordningsnummer: a personnummer with 60 added to the day."""
    return _checked(f"{birth[:4]}{int(birth[4:]) + 60}{serial:03}")
