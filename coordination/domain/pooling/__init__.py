"""Filling course runs together: the question, what a valid plan is, and how good it is."""
