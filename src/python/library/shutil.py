"""Copying, moving and removing files and trees."""

import os

__all__ = [
    "Error", "SameFileError", "copy", "copy2", "copyfile", "copyfileobj", "copymode", "copystat",
    "copytree", "disk_usage", "get_terminal_size", "ignore_patterns", "move", "rmtree", "which",
]


class Error(OSError):
    pass


class SameFileError(Error):
    pass


def copyfileobj(fsrc, fdst, length=65536):
    while part := fsrc.read(length):
        fdst.write(part)


def copyfile(src, dst, *, follow_symlinks=True):
    if os.path.exists(dst) and os.path.samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    with open(src, "rb") as source, open(dst, "wb") as target:
        copyfileobj(source, target)
    return dst


def copymode(src, dst, *, follow_symlinks=True):
    pass


def copystat(src, dst, *, follow_symlinks=True):
    pass


def copy(src, dst, *, follow_symlinks=True):
    if os.path.isdir(dst):
        dst = os.path.join(dst, os.path.basename(src))
    return copyfile(src, dst)


copy2 = copy


def ignore_patterns(*patterns):
    from fnmatch import filter as matching

    def ignored(path, names):
        return {name for pattern in patterns for name in matching(names, pattern)}

    return ignored


def copytree(
    src,
    dst,
    symlinks=False,
    ignore=None,
    copy_function=copy2,
    ignore_dangling_symlinks=False,
    dirs_exist_ok=False,
):
    entries = list(os.scandir(src))
    ignored = set() if ignore is None else ignore(os.fspath(src), [e.name for e in entries])
    os.makedirs(dst, exist_ok=dirs_exist_ok)
    for entry in entries:
        if entry.name in ignored:
            continue
        source = os.path.join(src, entry.name)
        target = os.path.join(dst, entry.name)
        if entry.is_dir():
            copytree(source, target, symlinks, ignore, copy_function, False, dirs_exist_ok)
        else:
            copy_function(source, target)
    return dst


def rmtree(path, ignore_errors=False, onerror=None, *, onexc=None, dir_fd=None):
    def failed(call, name, problem):
        if onexc is not None:
            onexc(call, name, problem)
        elif onerror is not None:
            onerror(call, name, (type(problem), problem, problem.__traceback__))
        elif not ignore_errors:
            raise problem

    try:
        entries = list(os.scandir(path))
    except OSError as problem:
        failed(os.scandir, path, problem)
        return
    for entry in entries:
        name = os.path.join(path, entry.name)
        if entry.is_dir(follow_symlinks=False):
            rmtree(name, ignore_errors, onerror, onexc=onexc)
            continue
        try:
            os.unlink(name)
        except OSError as problem:
            failed(os.unlink, name, problem)
    try:
        os.rmdir(path)
    except OSError as problem:
        failed(os.rmdir, path, problem)


def move(src, dst, copy_function=copy2):
    target = dst
    if os.path.isdir(dst):
        target = os.path.join(dst, os.path.basename(os.fspath(src).rstrip("/")))
        if os.path.exists(target):
            raise Error(f"Destination path '{target}' already exists")
    try:
        os.rename(src, target)
    except OSError as problem:
        if problem.errno != 18:
            raise
        if os.path.isdir(src):
            copytree(src, target, copy_function=copy_function)
            rmtree(src)
        else:
            copy_function(src, target)
            os.unlink(src)
    return target


def which(cmd, mode=1, path=None):
    return None


def disk_usage(path):
    raise OSError(38, "Function not implemented")


def get_terminal_size(fallback=(80, 24)):
    return os.terminal_size(fallback)
