"""Search in Swedish, the same on SQLite and PostgreSQL.

`words` takes text apart and `forms` tells which words belong together, `indexing` writes the index, `weights` tells
what counts most, `finding` asks the index, `sorting` counts what the hits are sorted by and `excerpts` shows a hit.
`names` is for the lists of the admin.
"""
