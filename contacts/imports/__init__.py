"""Contact persons from a file: `reading` makes rows of it, `plan` tells what each row would change.

Storing the plan is an action: `contacts.actions.apply_import`.
"""
