"""CPython's own part of io."""
from io import *
from io import IncrementalNewlineDecoder, open_code, text_encoding
