"""Bounces: what other servers, and the people who were mailed, answer to our mails.

`incoming` takes a message apart, `kinds` says what it is, `failures` and `classes` what a failure means, `matching`
finds the mail it is about, and `receiving` notes it. The words that servers use stand in `phrases` and `classes`.
"""
