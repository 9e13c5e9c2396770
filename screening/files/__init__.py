"""Screening of files, in a process of its own with limits on time and memory. Plain Python: no Django."""
