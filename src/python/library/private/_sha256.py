"""SHA-2 with words of 32 bits, by its own name."""

from hashlib import sha224, sha256
