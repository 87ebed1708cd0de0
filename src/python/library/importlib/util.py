"""Modules from files, wherever they lie."""
import sys
from types import ModuleType

from importlib.machinery import ModuleSpec, SourceFileLoader


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=None):
    """How the module `name` is made of the source at `location`; nothing is read yet."""
    if location is None:
        return None
    path = str(location)
    if loader is None:
        if not path.endswith('.py'):
            return None
        loader = SourceFileLoader(name, path)
    spec = ModuleSpec(name, loader, origin=path)
    spec.has_location = True
    if submodule_search_locations is not None:
        spec.submodule_search_locations = list(submodule_search_locations)
    return spec


def module_from_spec(spec):
    """An empty module as `spec` describes it."""
    module = spec.loader.create_module(spec) if spec.loader is not None else None
    if module is None:
        module = ModuleType(spec.name)
    module.__spec__ = spec
    module.__loader__ = spec.loader
    module.__package__ = spec.parent
    if spec.submodule_search_locations is not None:
        module.__path__ = spec.submodule_search_locations
    if spec.has_location:
        module.__file__ = spec.origin
    return module


def find_spec(name, package=None):
    """The description of a module that can be imported, or None."""
    if name.startswith('.'):
        if not package:
            raise ValueError('no package specified for {!r} (required for relative module names)'.format(name))
        from importlib import import_module
        name = import_module(name, package).__name__
    try:
        __import__(name)
    except ModuleNotFoundError as error:
        if error.name is not None and (error.name == name or name.startswith(error.name + '.')):
            return None
        raise
    module = sys.modules[name]
    known = getattr(module, '__spec__', None)
    if known is not None:
        return known
    path = getattr(module, '__file__', None)
    spec = ModuleSpec(name, None, origin=path, is_package=hasattr(module, '__path__'))
    spec.has_location = path is not None
    return spec
