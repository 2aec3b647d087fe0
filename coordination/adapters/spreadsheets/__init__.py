"""Tables as files: CSV and Excel as people save them, and what Danish Excel opens without a question."""

from coordination.adapters.spreadsheets.packing import Row, count_rows, packed, unpacked
from coordination.adapters.spreadsheets.reading import read_file
from coordination.adapters.spreadsheets.writing import Sheet, write_table, write_workbook

__all__ = [
    "Row",
    "Sheet",
    "count_rows",
    "packed",
    "read_file",
    "unpacked",
    "write_table",
    "write_workbook",
]
