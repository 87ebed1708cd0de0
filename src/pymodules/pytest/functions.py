"""What there is to know of a function: the names it asks for, what kind it is, where it stands."""
FUNCTION = type(lambda: None)
GENERATOR, COROUTINE, ASYNC_GENERATOR = 0x20, 0x80, 0x200


def real_function(obj):
    """The function inside of decorators and partial applications."""
    if type(obj) is FUNCTION and not hasattr(obj, '__wrapped__'):
        return obj
    for _ in range(100):
        inner = getattr(obj, '__wrapped__', None)
        if inner is None:
            inner = getattr(obj, 'func', None) if type(obj).__name__ == 'partial' else getattr(obj, '__func__', None)
        if inner is None:
            return obj
        obj = inner
    return obj


def _code(obj):
    return getattr(getattr(obj, '__func__', obj), '__code__', None)


def flags_of(function):
    code = _code(function)
    return 0 if code is None else code.co_flags


def is_generator(function):
    return flags_of(function) & GENERATOR != 0


def is_async(function):
    return flags_of(function) & (COROUTINE | ASYNC_GENERATOR) != 0


def place_of(function):
    """The file that a function is in, and the line it begins with, from 1."""
    code = _code(real_function(function))
    return ('?', 0) if code is None else (code.co_filename.removeprefix('/kata/'), code.co_firstlineno)


def asked_names(function, name='', cls=None):
    """The names of arguments that have no default; of a method without the first."""
    code = getattr(function, '__code__', None)
    if code is None or hasattr(function, '__wrapped__') or hasattr(function, '__func__'):
        return _asked_by_signature(function, name, cls)
    count = code.co_argcount
    given = function.__defaults__
    names = code.co_varnames[code.co_posonlyargcount:count - (len(given) if given else 0)]
    extra = code.co_kwonlyargcount
    if extra:
        named = function.__kwdefaults__ or {}
        names += tuple(one for one in code.co_varnames[count:count + extra] if one not in named)
    if cls is not None and code.co_posonlyargcount == 0 and not _is_static(cls, name or function.__name__):
        names = names[1:]
    return names


def _asked_by_signature(function, name, cls):
    from inspect import Parameter, signature
    from _pytest.outcomes import fail
    try:
        parameters = signature(function).parameters.values()
    except (ValueError, TypeError) as error:
        fail('Could not determine arguments of {!r}: {}'.format(function, error), pytrace=False)
    names = tuple(
        one.name for one in parameters
        if one.kind in (Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY) and one.default is Parameter.empty)
    if any(one.kind is Parameter.POSITIONAL_ONLY for one in parameters):
        return names
    if cls is not None and not _is_static(cls, name or function.__name__):
        names = names[1:]
    return names


def _is_static(cls, name):
    for base in cls.__mro__:
        if name in base.__dict__:
            return isinstance(base.__dict__[name], staticmethod)
    return False


def call_with_optional(function, argument):
    """Calls what may take the argument or none."""
    count = function.__code__.co_argcount - (1 if hasattr(function, '__self__') else 0)
    return function(argument) if count else function()
