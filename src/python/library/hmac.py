"""Message authentication by a key (RFC 2104)."""
import hashlib as _hashlib
from hashlib import compare_digest

digest_size = None


class HMAC:
    """A keyed digest that takes its message in pieces."""

    blocksize = 64

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._hash = _hashlib._hmac(key, digestmod)
        self.digest_size = self._hash.digest_size
        self.block_size = self._hash.block_size
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return "hmac-" + self._hash.name

    def update(self, msg):
        self._hash.update(msg)

    def copy(self):
        other = HMAC.__new__(HMAC)
        other.__dict__.update(self.__dict__)
        other._hash = self._hash.copy()
        return other

    def digest(self):
        return self._hash.digest()

    def hexdigest(self):
        return self._hash.hexdigest()


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()
