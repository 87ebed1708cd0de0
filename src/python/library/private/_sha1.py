"""SHA-1, by its own name."""

from hashlib import sha1
