"""Pictures: what they say of themselves. What they show is never looked at: a person must.

No picture is unpacked, so a bomb of pixels does no harm. Plain Python: no Django.
"""

from collections.abc import Iterator
from typing import BinaryIO

from ..mapped import Bytes, mapped
from ..pieces import DAMAGED, Budget, Fault, Piece, Unreadable
from .blocks import Block, blocks_of
from .tags import BeyondRepair, pieces_of

PICTURE = "Bilden har ingen text som kan läsas av programmet. Titta på den och avgör om den kan visas."


def read(source: BinaryIO, budget: Budget) -> Iterator[Piece | Fault]:
    """The metadata of a picture, and that the picture itself is not read unless a person did."""
    yield from metadata(mapped(source), budget)
    if not budget.picture_is_read:
        yield Fault(PICTURE)


def metadata(data: Bytes, budget: Budget) -> Iterator[Piece | Fault]:
    """What a picture says of itself, also one that lies inside another file."""
    blocks = blocks_of(data)
    while True:
        try:
            block = next(blocks, None)
            if block is None:
                return
            budget.check_time()
            if isinstance(block, Fault):
                yield block
            else:
                yield from pieces_of(block, budget)
        except (Unreadable, MemoryError):
            raise
        except (BeyondRepair, ArithmeticError, LookupError, TypeError, ValueError):
            yield Fault(DAMAGED)
            return


__all__ = ["Block", "metadata", "read"]
