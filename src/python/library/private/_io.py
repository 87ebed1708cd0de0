"""What `io` has in C."""

from io import *
from io import open
