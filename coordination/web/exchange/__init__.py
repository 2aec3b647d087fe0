"""Imports and exports: a file with candidates in steps, its template, and the candidates as a file."""

from coordination.web.exchange import files, imports
from coordination.web.exchange.blueprint import bp

__all__ = ["bp", "files", "imports"]
