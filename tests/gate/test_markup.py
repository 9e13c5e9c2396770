"""HTML is read as a reader meets it."""

from gate.markup import read_markup


def test_markup_joins_inside_a_line_and_breaks_between_lines() -> None:
    markup = read_markup('<p>1<i>2</i>&amp;3</p><p>4</p><!-- 5 --><embed alt="6" id="7" format="left"/>')
    assert markup.text.split() == ["12&3", "4"]
    assert markup.hidden == (("kommentar", " 5 "), ("alternativtext", "6"))
