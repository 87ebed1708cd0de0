"""Paths as text, and what is at them."""

import _host
import os

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = False


def _sep_of(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    return os.fspath(s)


def isabs(s):
    s = os.fspath(s)
    return s.startswith(_sep_of(s))


def join(a, *p):
    a = os.fspath(a)
    slash = _sep_of(a)
    path = a
    for one in p:
        one = os.fspath(one)
        if isinstance(one, str) != isinstance(a, str):
            raise TypeError("Can't mix strings and bytes in path components")
        if one.startswith(slash):
            path = one
        elif not path or path.endswith(slash):
            path += one
        else:
            path += slash + one
    return path


def split(p):
    p = os.fspath(p)
    slash = _sep_of(p)
    at = p.rfind(slash) + 1
    head, tail = p[:at], p[at:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    p = os.fspath(p)
    slash, dot = (b"/", b".") if isinstance(p, bytes) else ("/", ".")
    start = p.rfind(slash) + 1
    at = p.rfind(dot)
    if at > start and p[start:at] != dot * (at - start):
        return p[:at], p[at:]
    return p, p[:0]


def splitdrive(p):
    p = os.fspath(p)
    return p[:0], p


def splitroot(p):
    p = os.fspath(p)
    slash = _sep_of(p)
    if p[:1] != slash:
        return p[:0], p[:0], p
    if p[1:2] != slash or p[2:3] == slash:
        return p[:0], slash, p[1:]
    return p[:0], p[:2], p[2:]


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def normpath(path):
    path = os.fspath(path)
    slash, dot, dots = (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")
    if not path:
        return dot
    _, root, rest = splitroot(path)
    parts = []
    for part in rest.split(slash):
        if not part or part == dot:
            continue
        if part != dots or (not root and not parts) or (parts and parts[-1] == dots):
            parts.append(part)
        elif parts:
            parts.pop()
    return root + slash.join(parts) or dot


def abspath(path):
    path = os.fspath(path)
    if not isabs(path):
        cwd = os.getcwdb() if isinstance(path, bytes) else os.getcwd()
        path = join(cwd, path)
    return normpath(path)


def realpath(filename, *, strict=False):
    path = abspath(filename)
    if strict:
        os.stat(path)
    return path


def relpath(path, start=None):
    path = os.fspath(path)
    if not path:
        raise ValueError("no path specified")
    slash, dot, dots = (b"/", b".", b"..") if isinstance(path, bytes) else ("/", ".", "..")
    begin = [one for one in abspath(dot if start is None else start).split(slash) if one]
    there = [one for one in abspath(path).split(slash) if one]
    same = len(commonprefix([begin, there]))
    parts = [dots] * (len(begin) - same) + there[same:]
    return join(*parts) if parts else dot


def commonprefix(m):
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    low, high = min(m), max(m)
    for i, one in enumerate(low):
        if one != high[i]:
            return low[:i]
    return low


def commonpath(paths):
    paths = tuple(map(os.fspath, paths))
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    slash, dot = (b"/", b".") if isinstance(paths[0], bytes) else ("/", ".")
    absolute = {one[:1] == slash for one in paths}
    if len(absolute) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in one.split(slash) if part and part != dot] for one in paths]
    prefix = slash if absolute.pop() else slash[:0]
    return prefix + slash.join(commonprefix(split_paths))


def expanduser(path):
    path = os.fspath(path)
    if not isinstance(path, str) or not path.startswith("~"):
        return path
    end = path.find("/")
    end = len(path) if end < 0 else end
    home = os.environ.get("HOME")
    if end != 1 or home is None:
        return path
    return home.rstrip("/") + path[end:] or "/"


def expandvars(path):
    path = os.fspath(path)
    if "$" not in path:
        return path
    parts = []
    at = 0
    while True:
        start = path.find("$", at)
        if start < 0 or start + 1 == len(path):
            parts.append(path[at:])
            return "".join(parts)
        parts.append(path[at:start])
        if path[start + 1] == "{":
            end = path.find("}", start)
            name = path[start + 2 : end] if end > 0 else ""
            end = end + 1 if end > 0 else start + 1
        else:
            end = start + 1
            while end < len(path) and (path[end].isalnum() or path[end] == "_"):
                end += 1
            name = path[start + 1 : end]
        parts.append(os.environ.get(name, path[start:end]) if name else path[start:end])
        at = end


def _stat_or_none(path, follow=True):
    try:
        return os.stat(path, follow_symlinks=follow)
    except (OSError, ValueError):
        return None


def exists(path):
    return _stat_or_none(path) is not None


def lexists(path):
    return _stat_or_none(path, False) is not None


def isfile(path):
    found = _stat_or_none(path)
    return found is not None and found.st_mode & 0o170000 == 0o100000


def isdir(s):
    found = _stat_or_none(s)
    return found is not None and found.st_mode & 0o170000 == 0o040000


def islink(path):
    found = _stat_or_none(path, False)
    return found is not None and found.st_mode & 0o170000 == 0o120000


def ismount(path):
    return abspath(path) == "/"


def getsize(filename):
    return os.stat(filename).st_size


def getmtime(filename):
    return os.stat(filename).st_mtime


getatime = getctime = getmtime


def samestat(s1, s2):
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    return samestat(os.fstat(fp1), os.fstat(fp2))
