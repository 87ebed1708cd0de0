"""`monkeypatch`: changes that are undone when the test ends."""
import os
import sys
from contextlib import contextmanager


class Notset:
    __slots__ = ()

    def __repr__(self):
        return '<notset>'


NOTSET = Notset()


def resolve(name):
    """The object at a dotted path, whose modules are imported on the way."""
    used, *parts = name.split('.')
    found = __import__(used)
    for part in parts:
        used += '.' + part
        try:
            found = getattr(found, part)
            continue
        except AttributeError:
            pass
        try:
            __import__(used)
        except ImportError as error:
            if str(error).split()[-1] == used:
                raise
            raise ImportError('import error in {}: {}'.format(used, error)) from error
        found = attribute(found, part, used)
    return found


def attribute(obj, name, where):
    try:
        return getattr(obj, name)
    except AttributeError as error:
        raise AttributeError('{!r} object at {} has no attribute {!r}'.format(
            type(obj).__name__, where, name)) from error


def split_path(path, raising):
    if not isinstance(path, str) or '.' not in path:
        raise TypeError('must be absolute import path string, not {!r}'.format(path))
    module, _, name = path.rpartition('.')
    target = resolve(module)
    if raising:
        attribute(target, name, module)
    return name, target


def own_value(target, name):
    """An object's attribute; a class's only if it is not inherited."""
    return target.__dict__.get(name, NOTSET) if isinstance(target, type) else getattr(target, name, NOTSET)


class MonkeyPatch:
    def __init__(self):
        self._attributes = []
        self._items = []
        self._cwd = None
        self._path = None

    @classmethod
    @contextmanager
    def context(cls):
        """Changes that are undone at the end of a block."""
        patch = cls()
        try:
            yield patch
        finally:
            patch.undo()

    def setattr(self, target, name, value=NOTSET, raising=True):
        if value is NOTSET:
            if not isinstance(target, str):
                raise TypeError('use setattr(target, name, value) or setattr(target, value) with target being a dotted '
                                'import string')
            value = name
            name, target = split_path(target, raising)
        elif not isinstance(name, str):
            raise TypeError('use setattr(target, name, value) with name being a string or setattr(target, value) with '
                            'target being a dotted import string')
        if raising and getattr(target, name, NOTSET) is NOTSET:
            raise AttributeError('{!r} has no attribute {!r}'.format(target, name))
        self._attributes.append((target, name, own_value(target, name)))
        setattr(target, name, value)

    def delattr(self, target, name=NOTSET, raising=True):
        if name is NOTSET:
            if not isinstance(target, str):
                raise TypeError('use delattr(target, name) or delattr(target) with target being a dotted import string')
            name, target = split_path(target, raising)
        if hasattr(target, name):
            self._attributes.append((target, name, own_value(target, name)))
            delattr(target, name)
        elif raising:
            raise AttributeError(name)

    def setitem(self, dic, name, value):
        self._items.append((dic, name, dic.get(name, NOTSET)))
        dic[name] = value

    def delitem(self, dic, name, raising=True):
        if name in dic:
            self._items.append((dic, name, dic.get(name, NOTSET)))
            del dic[name]
        elif raising:
            raise KeyError(name)

    def setenv(self, name, value, prepend=None):
        if not isinstance(value, str):
            import warnings
            from _pytest.recwarn import PytestWarning
            warnings.warn(PytestWarning(
                'Value of environment variable {} type should be str, but got {!r} (type: {}); converted to str '
                'implicitly'.format(name, value, type(value).__name__)), stacklevel=2)
            value = str(value)
        if prepend and name in os.environ:
            value = value + prepend + os.environ[name]
        self.setitem(os.environ, name, value)

    def delenv(self, name, raising=True):
        self.delitem(os.environ, name, raising)

    def syspath_prepend(self, path):
        if self._path is None:
            self._path = sys.path[:]
        sys.path.insert(0, str(path))

    def chdir(self, path):
        if self._cwd is None:
            self._cwd = os.getcwd()
        os.chdir(path)

    def undo(self):
        """Puts everything back, the last change first."""
        for target, name, value in reversed(self._attributes):
            if value is NOTSET:
                delattr(target, name)
            else:
                setattr(target, name, value)
        self._attributes.clear()
        for dic, name, value in reversed(self._items):
            if value is not NOTSET:
                dic[name] = value
            elif name in dic:
                del dic[name]
        self._items.clear()
        if self._path is not None:
            sys.path[:] = self._path
            self._path = None
        if self._cwd is not None:
            os.chdir(self._cwd)
            self._cwd = None


def monkeypatch(request):
    patch = MonkeyPatch()
    request.addfinalizer(patch.undo)
    return patch
