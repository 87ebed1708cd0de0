"""Values laid out over lines, one item in each, so that two of them can be held against each other."""
import re
from collections import ChainMap, Counter, defaultdict, deque, OrderedDict, UserDict, UserList, UserString
from types import MappingProxyType, SimpleNamespace

INDENT = 4
WIDTH = 80


class _Key:
    """Orders what has no order: by its class and identity."""
    __slots__ = ('obj',)

    def __init__(self, obj):
        self.obj = obj

    def __lt__(self, other):
        try:
            return self.obj < other.obj
        except TypeError:
            return (str(type(self.obj)), id(self.obj)) < (str(type(other.obj)), id(other.obj))


def laid_out(value):
    layout = _Layout()
    layout.write(value, 0, 0, 0)
    return ''.join(layout.parts)


class _Layout:
    def __init__(self):
        self.parts = []
        self.within = set()

    def put(self, text):
        self.parts.append(text)

    def write(self, value, indent, allowance, level):
        if id(value) in self.within:
            self.put(_recursion(value))
            return
        how = _WAYS.get(type(value).__repr__)
        if how is None and _is_plain_dataclass(value):
            how = _Layout.dataclass
        if how is None:
            self.put(self.plain(value))
            return
        self.within.add(id(value))
        how(self, value, indent, allowance, level + 1)
        self.within.remove(id(value))

    def plain(self, value):
        return _plain(value, set(self.within))

    def dataclass(self, value, indent, allowance, level):
        from dataclasses import fields
        self.put(type(value).__name__ + '(')
        self.named([(field.name, getattr(value, field.name)) for field in fields(value) if field.repr], indent, level)
        self.put(')')

    def namespace(self, value, indent, allowance, level):
        self.put(('namespace' if type(value) is SimpleNamespace else type(value).__name__) + '(')
        self.named(list(value.__dict__.items()), indent, level)
        self.put(')')

    def named(self, items, indent, level):
        if not items:
            return
        inner = indent + INDENT
        for name, value in items:
            self.put('\n' + ' ' * inner + name + '=')
            if id(value) in self.within:
                self.put('...')
            else:
                self.write(value, inner + len(name) + 1, 1, level)
            self.put(',')
        self.put('\n' + ' ' * indent)

    def items(self, values, indent, level):
        if not values:
            return
        inner = indent + INDENT
        for value in values:
            self.put('\n' + ' ' * inner)
            self.write(value, inner, 1, level)
            self.put(',')
        self.put('\n' + ' ' * indent)

    def pairs(self, items, indent, level):
        if not items:
            return
        inner = indent + INDENT
        for key, value in items:
            self.put('\n' + ' ' * inner + self.plain(key) + ': ')
            self.write(value, inner, 1, level)
            self.put(',')
        self.put('\n' + ' ' * indent)

    def dict(self, value, indent, allowance, level):
        self.put('{')
        self.pairs(_sorted_items(value), indent, level)
        self.put('}')

    def ordered(self, value, indent, allowance, level):
        if not value:
            self.put(repr(value))
            return
        self.put(type(value).__name__ + '(')
        self.dict(value, indent, allowance, level)
        self.put(')')

    def default(self, value, indent, allowance, level):
        self.put('{}({}, '.format(type(value).__name__, self.plain(value.default_factory)))
        self.dict(value, indent, allowance, level)
        self.put(')')

    def counter(self, value, indent, allowance, level):
        self.put(type(value).__name__ + '(')
        if value:
            self.put('{')
            self.pairs(value.most_common(), indent, level)
            self.put('}')
        self.put(')')

    def chain(self, value, indent, allowance, level):
        if not value.maps or (len(value.maps) == 1 and not value.maps[0]):
            self.put(repr(value))
            return
        self.put(type(value).__name__ + '(')
        self.items(value.maps, indent, level)
        self.put(')')

    def list(self, value, indent, allowance, level):
        self.put('[')
        self.items(value, indent, level)
        self.put(']')

    def tuple(self, value, indent, allowance, level):
        self.put('(')
        self.items(value, indent, level)
        self.put(')')

    def deque(self, value, indent, allowance, level):
        self.put(type(value).__name__ + '(')
        if value.maxlen is not None:
            self.put('maxlen={}, '.format(value.maxlen))
        self.put('[')
        self.items(list(value), indent, level)
        self.put('])')

    def set(self, value, indent, allowance, level):
        if not value:
            self.put(repr(value))
            return
        plain = type(value) is set
        self.put('{' if plain else type(value).__name__ + '({')
        self.items(sorted(value, key=_Key), indent, level)
        self.put('}' if plain else '})')

    def proxy(self, value, indent, allowance, level):
        self.put('mappingproxy(')
        self.write(value.copy(), indent, allowance, level)
        self.put(')')

    def data(self, value, indent, allowance, level):
        self.write(value.data, indent, allowance, level - 1)

    def bytes(self, value, indent, allowance, level):
        if len(value) <= 4:
            self.put(repr(value))
            return
        if level == 1:
            indent += 1
            allowance += 1
            self.put('(')
        self.put(('\n' + ' ' * indent).join(_byte_lines(value, WIDTH - indent, allowance)))
        if level == 1:
            self.put(')')

    def bytearray(self, value, indent, allowance, level):
        self.put('bytearray(')
        self.bytes(bytes(value), indent + 10, allowance + 1, level + 1)
        self.put(')')

    def str(self, value, indent, allowance, level):
        if not value:
            self.put(repr(value))
            return
        if level == 1:
            indent += 1
            allowance += 1
        chunks = _text_chunks(value.splitlines(True), WIDTH - indent, allowance)
        if len(chunks) == 1:
            self.put(chunks[0])
            return
        text = ('\n' + ' ' * indent).join(chunks)
        self.put('(' + text + ')' if level == 1 else text)


def _text_chunks(lines, width, allowance):
    """Lines as literals; one that is too long, in words."""
    chunks = []
    for at, line in enumerate(lines):
        last = at == len(lines) - 1
        text = repr(line)
        if len(text) <= (width - allowance if last else width):
            chunks.append(text)
            continue
        parts = [part for part in re.findall(r'\S*\s*', line) if part]
        current = ''
        for i, part in enumerate(parts):
            room = width - allowance if last and i == len(parts) - 1 else width
            if len(repr(current + part)) > room:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))
    return chunks


def _byte_lines(value, width, allowance):
    current = b''
    last = len(value) // 4 * 4
    for at in range(0, len(value), 4):
        if at == last:
            width -= allowance
        part = value[at:at + 4]
        if len(repr(current + part)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current += part
    if current:
        yield repr(current)


_WAYS = {
    dict.__repr__: _Layout.dict,
    OrderedDict.__repr__: _Layout.ordered,
    defaultdict.__repr__: _Layout.default,
    Counter.__repr__: _Layout.counter,
    ChainMap.__repr__: _Layout.chain,
    list.__repr__: _Layout.list,
    tuple.__repr__: _Layout.tuple,
    deque.__repr__: _Layout.deque,
    set.__repr__: _Layout.set,
    frozenset.__repr__: _Layout.set,
    str.__repr__: _Layout.str,
    bytes.__repr__: _Layout.bytes,
    bytearray.__repr__: _Layout.bytearray,
    MappingProxyType.__repr__: _Layout.proxy,
    SimpleNamespace.__repr__: _Layout.namespace,
    UserDict.__repr__: _Layout.data,
    UserList.__repr__: _Layout.data,
    UserString.__repr__: _Layout.data,
}


def _is_plain_dataclass(value):
    params = getattr(value, '__dataclass_params__', None)
    if params is None or isinstance(value, type) or not params.repr:
        return False
    wrapped = getattr(type(value).__repr__, '__wrapped__', None)
    return wrapped is not None and '__create_fn__' in wrapped.__qualname__


def _sorted_items(value):
    return sorted(value.items(), key=lambda item: (_Key(item[0]), _Key(item[1])))


def _recursion(value):
    return '<Recursion on {} with id={}>'.format(type(value).__name__, id(value))


def _plain(value, within):
    """A value in one line; dicts in it are sorted by their keys."""
    kind = type(value)
    how = kind.__repr__
    is_dict = issubclass(kind, dict) and how is dict.__repr__
    is_list = issubclass(kind, list) and how is list.__repr__
    if not is_dict and not is_list and not (issubclass(kind, tuple) and how is tuple.__repr__):
        return repr(value)
    if not value:
        return '{}' if is_dict else '[]' if is_list else '()'
    if id(value) in within:
        return _recursion(value)
    within.add(id(value))
    if is_dict:
        parts = [_plain(key, within) + ': ' + _plain(one, within) for key, one in _sorted_items(value)]
        text = '{' + ', '.join(parts) + '}'
    else:
        parts = ', '.join(_plain(one, within) for one in value)
        text = '[' + parts + ']' if is_list else '(' + parts + (',)' if len(value) == 1 else ')')
    within.remove(id(value))
    return text
