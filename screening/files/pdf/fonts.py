"""Reads a font: the letters that its codes stand for, and how wide they are."""

import unicodedata
from typing import Any, NamedTuple

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

from .objects import bytes_of, dict_of, value_of

UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # stands for a glyph whose letter is unknown
_MAX_MEMORIES = 20_000
_SYMBOLIC = 4  # the flag of a font whose codes follow no known encoding
# Categories without letters: control, surrogate, private use and unassigned characters.
_NO_LETTERS = frozenset({"Cc", "Cs", "Co", "Cn"})
# Some programs draw letters as small pictures and count them a1, a2 … which happen to be the names of dingbats.
_DINGBATS = frozenset(map(chr, range(0x2701, 0x27BF)))


class Shown(NamedTuple):
    """A string as a font shows it. `width` is in ems."""

    text: str
    width: float
    glyphs: int
    spaces: int


class Letters:
    """Reads the strings of one font."""

    def __init__(self, font: DictionaryObject | None) -> None:
        self._memory: dict[bytes, Shown] = {}
        self._glyphs: dict[int, tuple[str, float]] = {}
        self._codec = ""
        self._is_wide = self._needs_map = self._is_drawn = False
        self._encoding: dict[int, str] = {}
        self._map: dict[Any, Any] = {}
        self._widths: dict[str, float] = {}
        self._default = 0.5
        self.space = 0.25
        if font is not None:
            self._learn(font)

    def _learn(self, font: DictionaryObject) -> None:
        known = Font.from_font_resource(font)
        self._map = known.character_map
        self._widths = known.character_widths
        self._default = _ems(known.character_widths.get("default", 500)) or 0.5
        self.space = min(0.4, max(0.15, _ems(known.space_width) or 0.25))
        self._is_drawn = value_of(font, "/Subtype") == "/Type3"
        if value_of(font, "/Subtype") == "/Type0":
            name = value_of(font, "/Encoding")
            self._is_wide = not isinstance(known.encoding, str) or known.encoding == "utf-16-be"
            self._codec = "" if self._is_wide else str(known.encoding)
            # Only a few named encodings are Unicode themselves; all others number the glyphs of the font.
            self._needs_map = not (isinstance(name, str) and "UCS2" in name or "UTF16" in str(name))
        elif isinstance(known.encoding, dict):
            self._encoding = known.encoding
            self._needs_map = _numbers_its_glyphs(font)

    def read(self, token: bytes) -> Shown:
        """The letters of a string as it is written in the file, with UNKNOWN for each glyph without one."""
        shown = self._memory.get(token)
        if shown is None:
            shown = self._read(bytes_of(token))
            if len(self._memory) < _MAX_MEMORIES:
                self._memory[token] = shown
        return shown

    def _read(self, raw: bytes) -> Shown:
        if self._codec:
            text = raw.decode(self._codec, "replace")
            return Shown(text, self._default * len(text), len(text), 0)
        pairs = zip(raw[::2], raw[1::2], strict=False)
        codes = [high << 8 | low for high, low in pairs] if self._is_wide else list(raw)
        glyphs = [self._glyphs.get(code) or self._learn_glyph(code) for code in codes]
        return Shown(
            "".join(glyph[0] for glyph in glyphs),
            sum(glyph[1] for glyph in glyphs),
            len(glyphs),
            0 if self._is_wide else raw.count(32),
        )

    def _learn_glyph(self, code: int) -> tuple[str, float]:
        own = chr(code)
        coded = own if self._is_wide else self._encoding.get(code, own)
        text = self._map.get(coded)
        if text is None and not self._is_wide:
            text = self._map.get(own)
        if text is None:
            # An unknown name of a glyph ("/g12") is left as it is by the library.
            is_unknown = self._needs_map or (len(coded) > 1 and coded.startswith("/"))
            text = UNKNOWN if is_unknown else coded
        text = "".join(UNKNOWN if self._is_no_letter(sign) else sign for sign in text)
        width = self._widths.get(own)
        glyph = self._glyphs[code] = (text, self._default if width is None else _ems(width))
        return glyph

    def _is_no_letter(self, sign: str) -> bool:
        if self._is_drawn and sign in _DINGBATS:
            return True
        return unicodedata.category(sign) in _NO_LETTERS and sign not in "\t\n\r"


def _ems(width: object) -> float:
    """Converts a width from thousandths to ems; 0.0 if it is invalid."""
    try:
        ems = float(width) / 1000  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return 0.0
    return ems if -10 < ems < 10 else 0.0


def _numbers_its_glyphs(font: DictionaryObject) -> bool:
    """Whether the codes of a simple font are arbitrary, with no table in the file that tells their letters."""
    if "/ToUnicode" in font or "/Encoding" in font:
        return False
    if value_of(font, "/Subtype") == "/Type3":
        return True
    descriptor = dict_of(font, "/FontDescriptor")
    flags = value_of(descriptor, "/Flags")
    is_symbolic = isinstance(flags, int) and bool(flags & _SYMBOLIC)
    return is_symbolic and ("/FontFile2" in descriptor or "/FontFile3" in descriptor)
