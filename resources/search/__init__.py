"""Search in Swedish, the same on SQLite and PostgreSQL.

`words` takes text apart, `indexing` writes the index, `finding` asks it, `excerpts` shows a hit.
"""
