from .clearances import Clearance, ClearanceQuerySet
from .file_screenings import FileScreening, FileScreeningQuerySet, ScreeningState
from .purges import Purge

__all__ = [
    "Clearance",
    "ClearanceQuerySet",
    "FileScreening",
    "FileScreeningQuerySet",
    "Purge",
    "ScreeningState",
]
