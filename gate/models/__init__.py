from .clearances import Clearance, ClearanceQuerySet
from .file_screenings import FileScreening, FileScreeningQuerySet, ScreeningState

__all__ = [
    "Clearance",
    "ClearanceQuerySet",
    "FileScreening",
    "FileScreeningQuerySet",
    "ScreeningState",
]
