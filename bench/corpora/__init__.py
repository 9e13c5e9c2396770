"""Texts made from a seed, to measure the rules on: what must be found, and what must not.

Each comes in two sets, *tuning* and *test*, with other sentences and other ways of writing.
"""
