from .clearances import Clearance, ClearanceQuerySet
from .file_screenings import FileScreening, FileScreeningQuerySet, ScreeningState
from .purges import FileToRemove, Purge, PurgeQuerySet

__all__ = [
    "Clearance",
    "ClearanceQuerySet",
    "FileScreening",
    "FileScreeningQuerySet",
    "FileToRemove",
    "Purge",
    "PurgeQuerySet",
    "ScreeningState",
]
