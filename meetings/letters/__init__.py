"""Letters: an editor writes to a chosen set of contact persons, and follows each mail."""
