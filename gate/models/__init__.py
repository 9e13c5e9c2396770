from .file_screenings import APPROVABLE, FileScreening, FileScreeningQuerySet, FileText, file_models
from .objections import Objection, ObjectionQuerySet, subject_fields
from .page_approvals import MAX_REASON, PageApproval, PageApprovalQuerySet
from .screened import Screened

__all__ = [
    "APPROVABLE",
    "MAX_REASON",
    "FileScreening",
    "FileScreeningQuerySet",
    "FileText",
    "Objection",
    "ObjectionQuerySet",
    "PageApproval",
    "PageApprovalQuerySet",
    "Screened",
    "file_models",
    "subject_fields",
]
