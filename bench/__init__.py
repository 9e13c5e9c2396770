"""Measurements that anyone can repeat: ratios and numbers of queries rather than times of one machine.

One module a measurement, each with `measure()`. `make bench` runs them all on a database that is made
for the run, where `DATABASE_URL` says (SQLite when it says nothing), and taken away afterwards.
"""
