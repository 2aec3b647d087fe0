"""The tools are tests: what they find stands in the failure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
TOOLS = {
    "ruff": ["ruff", "check", "--quiet", "--output-format=concise"],
    "ruff format": ["ruff", "format", "--check", "--output-format=concise"],
    "mypy": ["mypy", "--no-error-summary"],
    "import contracts": ["lint-imports", "--no-logo"],
    "djlint": ["djlint", "templates", "--lint", "--quiet"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_tool_is_content(tool):
    program, *arguments = TOOLS[tool]
    call = subprocess.run(
        [BIN / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    if call.returncode != 0:
        pytest.fail(f"{tool}:\n{call.stdout}{call.stderr}", pytrace=False)
