"""Cells of tables: what the parts of a formula come to."""

import pytest

from screening.files.grid import literals_joined


@pytest.mark.parametrize(
    ("formula", "texts"),
    [
        ('"12"&"-34"', ["12-34"]),
        ('12 & "-" & 34', ["12-34"]),
        ('of:=CONCAT("a ";"b";A1)', ["a b"]),
        ('"a"&B1&"b"&"c"', ["bc"]),
        ("DATE(1985,7,9)", []),
        ("SUM(A1:A20,B3)", []),
        ("A1&B1&$C$12&Blad2!D4", []),
        ('"en ""två"""&"tre"', ['en "två"tre']),
    ],
)
def test_parts_beside_each_other_are_one_text(formula, texts):
    assert list(literals_joined(formula)) == texts
