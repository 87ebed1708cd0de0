"""What `io` has in C."""

from io import *
from io import open
from io import IncrementalNewlineDecoder, open_code, text_encoding
