from .access_log import AccessLogEntry
from .purges import FileToRemove, Purge

__all__ = ["AccessLogEntry", "FileToRemove", "Purge"]
