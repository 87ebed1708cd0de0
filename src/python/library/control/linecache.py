"""Lines of the sources that run, by file name and number."""

import _traceback

__all__ = ["getline", "clearcache", "checkcache", "lazycache"]

cache = {}


def getlines(filename, module_globals=None):
    """Get the lines of a source, with their ends; none where it is not known."""
    if filename in cache:
        return cache[filename][2]
    return _traceback.source_lines(filename)


def getline(filename, lineno, module_globals=None):
    """Get a line of a source, or an empty text."""
    if filename in cache:
        lines = cache[filename][2]
        return lines[lineno - 1] if 1 <= lineno <= len(lines) else ""
    return _traceback.source_line(filename, lineno)


def clearcache():
    """Forget what was put into the cache."""
    cache.clear()


def checkcache(filename=None):
    """Nothing to check: sources do not change while they run."""


def updatecache(filename, module_globals=None):
    return getlines(filename, module_globals)


def lazycache(filename, module_globals):
    return False
