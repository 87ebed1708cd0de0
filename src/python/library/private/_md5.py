"""MD5, by its own name."""

from hashlib import md5
