"""Proposed allocations as pages show them."""
