"""SHA-2 with words of 64 bits, by its own name."""

from hashlib import sha384, sha512
