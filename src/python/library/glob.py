"""Names of files by shell patterns."""

import os
from fnmatch import filter as _filter

__all__ = ["escape", "glob", "iglob"]


def has_magic(s):
    return any(one in s for one in "*?[")


def escape(pathname):
    return "".join(f"[{one}]" if one in "*?[" else one for one in pathname)


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    return list(
        iglob(
            pathname,
            root_dir=root_dir,
            recursive=recursive,
            include_hidden=include_hidden,
        )
    )


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    pathname = os.fspath(pathname)
    root = "" if root_dir is None else os.fspath(root_dir)
    if not pathname:
        return iter(())
    return _glob(root, pathname, recursive, include_hidden)


def _glob(root, pathname, recursive, hidden):
    head, tail = os.path.split(pathname)
    if not has_magic(pathname):
        there = os.path.join(root, pathname)
        if os.path.lexists(there) if tail else os.path.isdir(there):
            yield pathname
        return
    if not head:
        heads = [""]
    elif head != pathname and has_magic(head):
        heads = _glob(root, head, recursive, hidden)
    else:
        heads = [head]
    for one in heads:
        for name in _names(os.path.join(root, one), tail, recursive, hidden):
            found = os.path.join(one, name)
            if found:
                yield found


def _names(directory, pattern, recursive, hidden):
    if recursive and pattern == "**":
        yield ""
        yield from _below(directory, "", hidden)
    elif not has_magic(pattern):
        there = os.path.join(directory, pattern)
        if os.path.lexists(there) if pattern else os.path.isdir(there):
            yield pattern
    else:
        names = [name for name, _ in _entries(directory)]
        if not (hidden or pattern.startswith(".")):
            names = [name for name in names if not name.startswith(".")]
        yield from _filter(names, pattern)


def _entries(directory):
    try:
        return [(entry.name, entry.is_dir()) for entry in os.scandir(directory or ".")]
    except OSError:
        return []


def _below(directory, prefix, hidden):
    for name, inner in _entries(directory):
        if hidden or not name.startswith("."):
            found = prefix + name
            yield found
            if inner:
                yield from _below(os.path.join(directory, name), found + "/", hidden)
