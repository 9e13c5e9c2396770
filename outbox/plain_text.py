"""Makes a text that somebody wrote fit to stand on one line, such as a subject."""

import unicodedata

# Soft hyphens, zero width spaces, marks of direction and byte order: they come along when text is copied, unseen.
INVISIBLE = "Cf"


def one_line(text: str) -> str:
    """The text on one line: without invisible format characters, and with a space for each other that is no letter,
    figure or sign. Words that held invisible characters stay whole."""
    visible = (character for character in text if unicodedata.category(character) != INVISIBLE)
    return " ".join("".join(character if character.isprintable() else " " for character in visible).split())
