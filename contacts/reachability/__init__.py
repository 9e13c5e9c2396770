"""Whether each organisation can be reached, how we know, and what is done when we do not."""
