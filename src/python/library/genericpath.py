"""What the paths of all systems have in common."""
import posixpath
from posixpath import (
    commonprefix, exists, getatime, getctime, getmtime, getsize, isdir, isfile, samefile,
    sameopenfile, samestat,
)

__all__ = [
    "commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir", "isfile",
    "samefile", "sameopenfile", "samestat",
]


def _splitext(p, sep, altsep, extsep):
    return posixpath.splitext(p)
