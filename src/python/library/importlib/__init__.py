"""Imports by a computed name."""
import sys


def import_module(name, package=None):
    """The module of this name; a name that begins with dots is read from `package`."""
    level = 0
    while name[level:level + 1] == '.':
        level += 1
    if level > 0:
        if not package:
            raise TypeError(
                "the 'package' argument is required to perform a relative import for {!r}".format(name))
        parts = package.split('.')
        if level > len(parts):
            raise ImportError('attempted relative import beyond top-level package')
        base = '.'.join(parts[:len(parts) - level + 1])
        name = base + '.' + name[level:] if name[level:] else base
    __import__(name)
    return sys.modules[name]


def invalidate_caches():
    """Nothing is cached that could be out of date."""


def reload(module):
    """Runs a module's source again in its own namespace."""
    name = getattr(module, '__name__', None)
    if not isinstance(name, str) or not hasattr(module, '__dict__'):
        raise TypeError('reload() argument must be a module')
    if sys.modules.get(name) is not module:
        raise ImportError('module {} not in sys.modules'.format(name), name=name)
    from importlib.util import spec_from_file_location
    path = getattr(module, '__file__', None)
    if path is not None:
        spec_from_file_location(name, path).loader.exec_module(module)
    return module
