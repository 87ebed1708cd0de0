"""`patch`: mocks in the place of what a name means, for as long as a block, a function or a test goes on."""

import contextlib
import functools
import sys

from . import mock as _mock
from .mock import DEFAULT, InvalidSpecError, NonCallableMock, _is_async, _is_list, _is_mock

_MISSPELLED = ("autospect", "auto_spec", "set_spec")


def _importer(target):
    """What a dotted name means: modules as far as there are any, then attributes."""
    from importlib import import_module

    path, *names = target.split(".")
    thing = import_module(path)
    while names:
        try:
            thing = import_module(f"{path}.{names[0]}")
        except ImportError:
            break
        path += "." + names.pop(0)
    for name in names:
        thing = getattr(thing, name)
    return thing


def _get_target(target):
    """How the thing that has an attribute is found, and the attribute's name."""
    try:
        where, attribute = target.rsplit(".", 1)
    except (TypeError, ValueError, AttributeError):
        raise TypeError(f"Need a valid target to patch. You supplied: {target!r}") from None
    return functools.partial(_importer, where), attribute


def _check_arguments(given):
    for word in _MISSPELLED:
        if word in given:
            raise RuntimeError(f"{word} might be a typo; use unsafe=True if this is intended")


class _patch:
    attribute_name = None
    _active_patches = []

    def __init__(
        self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, *, unsafe=False
    ):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        if not unsafe:
            _check_arguments(kwargs)
        if _is_mock(spec):
            raise InvalidSpecError(
                f"Cannot spec attr {attribute!r} as the spec has already been mocked out. [spec={spec!r}]"
            )
        if _is_mock(spec_set):
            raise InvalidSpecError(
                f"Cannot spec attr {attribute!r} as the spec_set target has already been mocked out. [spec_set={spec_set!r}]"
            )
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.new_callable = new_callable
        self.spec = spec
        self.create = create
        self.has_local = False
        self.spec_set = spec_set
        self.autospec = autospec
        self.kwargs = kwargs
        self.additional_patchers = []
        self.is_started = False

    def copy(self):
        again = _patch(
            self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
            self.new_callable, self.kwargs,
        )
        again.attribute_name = self.attribute_name
        again.additional_patchers = [one.copy() for one in self.additional_patchers]
        return again

    def __call__(self, func):
        if isinstance(func, type):
            return _decorated_class(func, lambda method: self.copy()(method))
        if _is_async(func):
            return self.decorate_async_callable(func)
        return self.decorate_callable(func)

    @contextlib.contextmanager
    def decoration_helper(self, patched, args, keywargs):
        """The arguments of a decorated function, with the mocks that its patches made."""
        more = []
        with contextlib.ExitStack() as stack:
            for one in patched.patchings:
                made = stack.enter_context(one)
                if one.attribute_name is not None:
                    keywargs.update(made)
                elif one.new is DEFAULT:
                    more.append(made)
            yield (args + tuple(more), keywargs)

    def decorate_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @functools.wraps(func)
        def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    def decorate_async_callable(self, func):
        if hasattr(func, "patchings"):
            func.patchings.append(self)
            return func

        @functools.wraps(func)
        async def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (newargs, newkeywargs):
                return await func(*newargs, **newkeywargs)

        patched.patchings = [self]
        return patched

    def get_original(self):
        target = self.getter()
        name = self.attribute
        local = False
        try:
            original = target.__dict__[name]
        except (AttributeError, KeyError):
            original = getattr(target, name, DEFAULT)
        else:
            local = True
        if name in _BUILTINS and getattr(target, "__name__", None) and type(target) is type(sys):
            self.create = True
        if not self.create and original is DEFAULT:
            raise AttributeError("%s does not have the attribute %r" % (target, name))
        return original, local

    def __enter__(self):
        if self.is_started:
            raise RuntimeError("Patch is already started")
        self.target = self.getter()
        self._exit_stack = contextlib.ExitStack()
        spec = None if self.spec is False else self.spec
        spec_set = None if self.spec_set is False else self.spec_set
        autospec = None if self.autospec is False else self.autospec
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if (spec is not None or autospec is not None) and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        original, local = self.get_original()
        new = self.new
        if new is DEFAULT and autospec is None:
            new = self._mocked(original, spec, spec_set)
        elif autospec is not None:
            new = self._specified(original, spec_set, autospec)
        elif self.kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")
        self.temp_original = original
        self.is_local = local
        self.is_started = True
        try:
            setattr(self.target, self.attribute, new)
            if self.attribute_name is None:
                return new
            made = {self.attribute_name: new} if self.new is DEFAULT else {}
            for one in self.additional_patchers:
                more = self._exit_stack.enter_context(one)
                if one.new is DEFAULT:
                    made.update(more)
            return made
        except BaseException:
            if not self.__exit__(*sys.exc_info()):
                raise

    def _mocked(self, original, spec, spec_set):
        inherit = False
        if spec is True:
            spec = original
            if spec_set is True:
                spec_set, spec = original, None
        elif spec is not None:
            if spec_set is True:
                spec_set, spec = spec, None
        elif spec_set is True:
            spec_set = original
        if spec is not None or spec_set is not None:
            if original is DEFAULT:
                raise TypeError("Can't use 'spec' with create=True")
            inherit = isinstance(original, type)
        kwargs = {}
        this = spec if spec is not None else spec_set
        if self.new_callable is not None:
            kind = self.new_callable
        elif spec is None and _is_async(original):
            kind = _mock.AsyncMock
        elif this is not None:
            kind = _mock.AsyncMock if _is_async(this) else _mock.MagicMock
            not_callable = "__call__" not in this if _is_list(this) else not callable(this)
            if not_callable:
                kind = _mock.NonCallableMagicMock
        else:
            kind = _mock.MagicMock
        if spec is not None:
            kwargs["spec"] = spec
        if spec_set is not None:
            kwargs["spec_set"] = spec_set
        if isinstance(kind, type) and issubclass(kind, NonCallableMock) and self.attribute:
            kwargs["name"] = self.attribute
        kwargs.update(self.kwargs)
        new = kind(**kwargs)
        if inherit and _is_mock(new):
            # What a class makes is specified by it too.
            answers = _mock.MagicMock
            if not hasattr(original, "__call__") if not isinstance(original, type) else not _instances_are_called(original):
                answers = _mock.NonCallableMagicMock
            kwargs.pop("name", None)
            new.return_value = answers(_new_parent=new, _new_name="()", **kwargs)
        return new

    def _specified(self, original, spec_set, autospec):
        if self.new is not DEFAULT:
            raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
        if original is DEFAULT:
            raise TypeError("Can't use 'autospec' with create=True")
        spec_set = bool(spec_set)
        if autospec is True:
            autospec = original
        if _is_mock(self.target):
            raise InvalidSpecError(
                f"Cannot autospec attr {self.attribute!r} as the patch target has already been mocked out. "
                f"[target={self.target!r}, attr={autospec!r}]"
            )
        if _is_mock(autospec):
            name = getattr(self.target, "__name__", self.target)
            raise InvalidSpecError(
                f"Cannot autospec attr {self.attribute!r} from target {name!r} as it has already been mocked out. "
                f"[target={self.target!r}, attr={autospec!r}]"
            )
        return _mock.create_autospec(autospec, spec_set=spec_set, _name=self.attribute, **self.kwargs)

    def __exit__(self, *exc_info):
        if not self.is_started:
            return None
        if self.is_local and self.temp_original is not DEFAULT:
            setattr(self.target, self.attribute, self.temp_original)
        else:
            delattr(self.target, self.attribute)
            gone = not hasattr(self.target, self.attribute)
            if not self.create and (gone or self.attribute in _OF_FUNCTIONS):
                # What a class or a proxy handed on is there again, or is put back.
                setattr(self.target, self.attribute, self.temp_original)
        del self.temp_original
        del self.is_local
        del self.target
        stack = self._exit_stack
        del self._exit_stack
        self.is_started = False
        return stack.__exit__(*exc_info)

    def start(self):
        """Enters, until `stop`."""
        made = self.__enter__()
        self._active_patches.append(self)
        return made

    def stop(self):
        try:
            self._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


_OF_FUNCTIONS = ("__doc__", "__module__", "__defaults__", "__annotations__", "__kwdefaults__")
_BUILTINS = frozenset(dir(__import__("builtins")))


def _instances_are_called(cls):
    return any("__call__" in one.__dict__ and one.__dict__["__call__"] is not None for one in cls.__mro__)


def _decorated_class(cls, decorate):
    """Decorates the tests of a class."""
    for name in dir(cls):
        if not name.startswith(patch.TEST_PREFIX):
            continue
        value = getattr(cls, name)
        if hasattr(value, "__call__"):
            setattr(cls, name, decorate(value))
    return cls


def patch(
    target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, *,
    unsafe=False, **kwargs
):
    """Puts a mock in the place of what a dotted name means, for a function, a class of tests or a `with`."""
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe)


def _patch_object(
    target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None,
    new_callable=None, *, unsafe=False, **kwargs
):
    if type(target) is str:
        raise TypeError(f"{target!r} must be the actual object to be patched, not a str")
    return _patch(
        lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs, unsafe=unsafe
    )


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    getter = functools.partial(_importer, target) if type(target) is str else lambda: target
    if not kwargs:
        raise ValueError("Must supply at least one keyword argument with patch.multiple")
    made = []
    for attribute, new in kwargs.items():
        one = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        one.attribute_name = attribute
        made.append(one)
    made[0].additional_patchers = made[1:]
    return made[0]


class _patch_dict:
    """A mapping with other values, and as it was when the block ends."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = dict(values)
        self.values.update(kwargs)
        self.clear = clear
        self._original = None

    def __call__(self, f):
        if isinstance(f, type):
            return _decorated_class(f, lambda method: _patch_dict(self.in_dict, self.values, self.clear)(method))
        if _is_async(f):

            @functools.wraps(f)
            async def inner(*args, **kw):
                with self:
                    return await f(*args, **kw)

        else:

            @functools.wraps(f)
            def inner(*args, **kw):
                with self:
                    return f(*args, **kw)

        return inner

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _importer(self.in_dict)
        mapping = self.in_dict
        try:
            self._original = mapping.copy()
        except AttributeError:
            # It may have no more than what stands for items.
            self._original = {key: mapping[key] for key in mapping}
        if self.clear:
            _clear(mapping)
        try:
            mapping.update(self.values)
        except AttributeError:
            for key in self.values:
                mapping[key] = self.values[key]
        return mapping

    def __exit__(self, *args):
        if self._original is not None:
            _clear(self.in_dict)
            try:
                self.in_dict.update(self._original)
            except AttributeError:
                for key in self._original:
                    self.in_dict[key] = self._original[key]
            self._original = None
        return False

    def start(self):
        made = self.__enter__()
        _patch._active_patches.append(self)
        return made

    def stop(self):
        try:
            _patch._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def _clear(mapping):
    try:
        mapping.clear()
    except AttributeError:
        for key in list(mapping):
            del mapping[key]


def _patch_stopall():
    for one in reversed(_patch._active_patches[:]):
        one.stop()


patch.object = _patch_object
patch.dict = _patch_dict
patch.multiple = _patch_multiple
patch.stopall = _patch_stopall
patch.TEST_PREFIX = "test"
