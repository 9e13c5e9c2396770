"""Search in Swedish, the same on SQLite and PostgreSQL.

`words` takes text apart, `indexing` writes the index, `weights` tells what counts most, `finding` asks the index
and `excerpts` shows a hit.
"""
