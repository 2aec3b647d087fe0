"""Decisions: values in, decisions out, nothing but the standard library."""
