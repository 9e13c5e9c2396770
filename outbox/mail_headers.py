"""Writes the headers of a mail.

The library loses a space at some of the places where it breaks a long header with å, ä or ö (up to Python
3.12 at least), so headers with text that people write are broken here instead.
"""

from email.header import Header
from email.headerregistry import (
    BaseHeader,
    HeaderRegistry,
    UniqueAddressHeader,
    UniqueUnstructuredHeader,
    UnstructuredHeader,
)
from email.policy import SMTP, Policy
from email.utils import formataddr
from textwrap import wrap
from typing import Any

MAX_LINE = 76  # characters; RFC 2047, which is stricter than the 78 of RFC 5322


def encode(text: str, *, header: str, linesep: str) -> str:
    """`text` as encoded words (RFC 2047), the first beside the header's name."""
    words = Header(text, "utf-8", maxlinelen=MAX_LINE, header_name=header)
    return words.encode(linesep=linesep)


def is_plain(text: str) -> bool:
    """Whether the text can stand as it is: ASCII that can't be taken for encoded words, with single spaces."""
    return text.isascii() and "=?" not in text and text == " ".join(text.split())


# HeaderRegistry mixes BaseHeader in at run time; naming it here tells the type checker of `name` and `fold`.
class TextHeader(UniqueUnstructuredHeader, BaseHeader):  # type: ignore[misc]
    """A header with a text that people read, such as the subject."""

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        """Take the text literally: what looks like encoded words is what somebody wrote."""
        super().parse(value, kwds)
        kwds["decoded"] = value

    def fold(self, *, policy: Policy) -> str:
        if not is_plain(self):
            return f"{self.name}: {encode(self, header=self.name, linesep=policy.linesep)}{policy.linesep}"
        lines = wrap(f"{self.name}: {self}", MAX_LINE, break_long_words=False, break_on_hyphens=False)
        # A long first word stays on the line of the header's name: a line with the name only is obsolete.
        text = f"{policy.linesep} ".join(lines).replace(f"{self.name}:{policy.linesep} ", f"{self.name}: ", 1)
        return text + policy.linesep


class AddressHeader(UniqueAddressHeader, BaseHeader):  # type: ignore[misc]
    """Addresses, each with or without a name, one on a line."""

    def fold(self, *, policy: Policy) -> str:
        written = []
        for address in self.addresses:
            name = address.display_name
            if is_plain(name) and len(name) < MAX_LINE // 2:
                written.append(formataddr((name, address.addr_spec)))
            else:
                words = encode(name, header=self.name, linesep=policy.linesep)
                written.append(f"{words}{policy.linesep} <{address.addr_spec}>")
        return f"{self.name}: " + f",{policy.linesep} ".join(written) + policy.linesep


class LinkHeader(UnstructuredHeader, BaseHeader):
    """A header that holds a link, on one line however long.

    The library would break a long link into encoded words, and no mail program reads that as a link.
    """

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("subject", TextHeader)
HEADERS.map_to_type("from", AddressHeader)
HEADERS.map_to_type("reply-to", AddressHeader)
HEADERS.map_to_type("list-unsubscribe", LinkHeader)
# Seven bits only: no server on the way needs to re-code the message.
POLICY = SMTP.clone(cte_type="7bit", header_factory=HEADERS)
# Headers are given back as they were stored: what has been encoded once must not be encoded again.
AS_STORED = POLICY.clone(refold_source="none")
