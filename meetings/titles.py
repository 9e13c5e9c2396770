"""Titles of people, fitted into a sentence."""


def mid_sentence(text: str) -> str:
    """A title as it stands within a sentence: `inköpschef`, but still `IT-chef` and `VD`.

    Only a word that begins with one capital is changed; two capitals are an abbreviation.
    """
    return f"{text[0].lower()}{text[1:]}" if text[1:2].islower() else text
