"""Makes a text that somebody wrote fit to stand on one line, such as a subject."""

import unicodedata

# Soft hyphens, zero width spaces, marks of direction and byte order: they come along when text is copied, unseen.
INVISIBLE = "Cf"
MAX_SUBJECT = 250  # characters


def one_line(text: str) -> str:
    """The text on one line: without invisible format characters, and with a space for each other that is no letter,
    figure or sign. Words that held invisible characters stay whole."""
    visible = (character for character in text if unicodedata.category(character) != INVISIBLE)
    return " ".join("".join(character if character.isprintable() else " " for character in visible).split())


def clean_subject(subject: str) -> str:
    """Return the subject on one line: a line break in it must never become a header of its own."""
    line = one_line(subject)
    return line if len(line) <= MAX_SUBJECT else line[: MAX_SUBJECT - 1].rstrip() + "…"
