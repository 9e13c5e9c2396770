"""Numbers of the kinds that the rules tell apart, made with right checksums."""

from stdnum import luhn

from tests.screening.numbers import coordination_number, personal_number

PERSON = personal_number()  # 850709-NNNN
SHORT = PERSON.replace("-", "")
LONG = f"19{SHORT}"
COORDINATION = coordination_number()


def with_check(digits: str) -> str:
    """The digits and the one that makes their checksum right."""
    return digits + luhn.calc_check_digit(digits)


def organisation(series: str = "556036", serial: str = "079") -> str:
    ten = with_check(series + serial)
    return f"{ten[:6]}-{ten[6:]}"


def like_a_person(start: str) -> str:
    """Ten digits that start so, with a real date and a right checksum, such as an OCR of July 2025."""
    return with_check(start.ljust(9, "1"))
