"""Jobcenters run sector courses together: one record from nomination to a better next run."""
