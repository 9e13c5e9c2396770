"""How good the search is, and how fast: made resources, and lists of queries with their right pages.

The resources and the lists were written by somebody who had not read the search's code.
"""
