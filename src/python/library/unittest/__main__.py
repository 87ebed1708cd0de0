"""`-m unittest`."""

import sys

if sys.argv[0].endswith("__main__.py"):
    sys.argv[0] = "python -m unittest"

from .main import TestProgram

TestProgram(module=None)
