"""Joins two rows of the register that are the same person, so that nothing is lost or counted twice."""
