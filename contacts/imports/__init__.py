"""Reads contact persons from a file: `reading` parses its rows, `plan` tells what each row would change.

Storing the plan is an action: `actions.apply_import`.
"""
