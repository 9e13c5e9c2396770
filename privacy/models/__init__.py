from .access_log import AccessLogEntry
from .purges import FileToRemove, Purge
from .retention import RetentionRule, RetentionRun

__all__ = ["AccessLogEntry", "FileToRemove", "Purge", "RetentionRule", "RetentionRun"]
