from .purges import FileToRemove, Purge, PurgeQuerySet

__all__ = ["FileToRemove", "Purge", "PurgeQuerySet"]
