"""Values as text that people can read: one item a line where a line would be too long."""
import re

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
           underscore_numbers=False):
    PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth, compact=compact,
                  sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact,
                         sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[0]


def isreadable(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[1]


def isrecursive(object):
    return PrettyPrinter()._plain(object, {}, None, 0)[2]


class _Sortable:
    """Anything in an order: by value where that works, else by class and identity."""

    __slots__ = ["value"]

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        a, b = self.value, other.value
        try:
            return a < b
        except TypeError:
            return (str(type(a)), id(a)) < (str(type(b)), id(b))


def _sorted_items(mapping):
    return sorted(mapping.items(), key=lambda item: (_Sortable(item[0]), _Sortable(item[1])))


def _recursion(object):
    return "<Recursion on %s with id=%s>" % (type(object).__name__, id(object))


class PrettyPrinter:
    """The settings of printing."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True,
                 underscore_numbers=False):
        indent = int(indent)
        width = int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        text = self.pformat(object) + "\n"
        if self._stream is None:
            print(text, end="")
        else:
            self._stream.write(text)

    def pformat(self, object):
        out = []
        self._format(object, out, 0, 0, {}, 0)
        return "".join(out)

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """The text in one line, whether it can be read back, and whether it holds itself."""
        return self._plain(object, context, maxlevels or self._depth, level)

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        return text

    def _format(self, object, out, indent, allowance, context, level):
        key = id(object)
        if key in context:
            out.append(_recursion(object))
            return
        text = self._repr(object, context, level)
        level += 1
        if len(text) > self._width - indent - allowance:
            way = self._ways().get(type(object).__repr__)
            if way is None and _is_plain_dataclass(object):
                way = PrettyPrinter._pprint_dataclass
            if way is not None:
                context[key] = 1
                way(self, object, out, indent, allowance, context, level)
                del context[key]
                return
        out.append(text)

    @staticmethod
    def _ways():
        return _WAYS

    def _pprint_dataclass(self, object, out, indent, allowance, context, level):
        name = object.__class__.__name__
        indent += len(name) + 1
        fields = object.__dataclass_fields__.values()
        items = [(field.name, getattr(object, field.name)) for field in fields if field.repr]
        out.append(name + "(")
        self._named_items(items, out, indent, allowance, context, level)
        out.append(")")

    def _named_items(self, items, out, indent, allowance, context, level):
        for at, (name, value) in enumerate(items):
            last = at == len(items) - 1
            out.append(name + "=")
            if id(value) in context:
                out.append("...")
            else:
                self._format(value, out, indent + len(name) + 1, allowance if last else 1, context, level)
            if not last:
                out.append(",\n" + " " * indent)

    def _pprint_dict(self, object, out, indent, allowance, context, level):
        out.append("{")
        if self._indent_per_level > 1:
            out.append((self._indent_per_level - 1) * " ")
        if len(object):
            items = _sorted_items(object) if self._sort_dicts else list(object.items())
            self._dict_items(items, out, indent, allowance + 1, context, level)
        out.append("}")

    def _dict_items(self, items, out, indent, allowance, context, level):
        indent += self._indent_per_level
        for at, (key, value) in enumerate(items):
            last = at == len(items) - 1
            shown = self._repr(key, context, level)
            out.append(shown + ": ")
            self._format(value, out, indent + len(shown) + 2, allowance if last else 1, context, level)
            if not last:
                out.append(",\n" + " " * indent)

    def _pprint_ordered_dict(self, object, out, indent, allowance, context, level):
        if not len(object):
            out.append(repr(object))
            return
        name = object.__class__.__name__
        out.append(name + "(")
        self._format(list(object.items()), out, indent + len(name) + 1, allowance + 1, context, level)
        out.append(")")

    def _pprint_list(self, object, out, indent, allowance, context, level):
        out.append("[")
        self._items(object, out, indent, allowance + 1, context, level)
        out.append("]")

    def _pprint_tuple(self, object, out, indent, allowance, context, level):
        end = ",)" if len(object) == 1 else ")"
        out.append("(")
        self._items(object, out, indent, allowance + len(end), context, level)
        out.append(end)

    def _pprint_set(self, object, out, indent, allowance, context, level):
        if not len(object):
            out.append(repr(object))
            return
        name = object.__class__.__name__
        if name == "set":
            out.append("{")
            end = "}"
        else:
            out.append(name + "({")
            end = "})"
            indent += len(name) + 1
        self._items(sorted(object, key=_Sortable), out, indent, allowance + len(end), context, level)
        out.append(end)

    def _items(self, items, out, indent, allowance, context, level):
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            out.append((self._indent_per_level - 1) * " ")
        items = list(items)
        break_ = ",\n" + " " * indent
        separator = ""
        room = width = self._width - indent + 1
        for at, item in enumerate(items):
            last = at == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                size = len(text) + 2
                if room < size:
                    room = width
                    if separator:
                        separator = break_
                if room >= size:
                    room -= size
                    out.append(separator)
                    separator = ", "
                    out.append(text)
                    continue
            out.append(separator)
            separator = break_
            self._format(item, out, indent, allowance if last else 1, context, level)

    def _pprint_str(self, object, out, indent, allowance, context, level):
        if not len(object):
            out.append(repr(object))
            return
        chunks = []
        lines = object.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        most = room = self._width - indent
        text = ""
        for at, line in enumerate(lines):
            text = repr(line)
            if at == len(lines) - 1:
                room -= allowance
            if len(text) <= room:
                chunks.append(text)
                continue
            parts = re.findall(r"\S*\s*", line)
            parts.pop()
            room = most
            current = ""
            for number, part in enumerate(parts):
                candidate = current + part
                if number == len(parts) - 1 and at == len(lines) - 1:
                    room -= allowance
                if len(repr(candidate)) > room:
                    if current:
                        chunks.append(repr(current))
                    current = part
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            out.append(text)
            return
        if level == 1:
            out.append("(")
        out.append(("\n" + " " * indent).join(chunks))
        if level == 1:
            out.append(")")

    def _pprint_bytes(self, object, out, indent, allowance, context, level):
        if len(object) <= 4:
            out.append(repr(object))
            return
        wrapped = level == 1
        if wrapped:
            indent += 1
            allowance += 1
            out.append("(")
        out.append(("\n" + " " * indent).join(_bytes_lines(object, self._width - indent, allowance)))
        if wrapped:
            out.append(")")

    def _pprint_bytearray(self, object, out, indent, allowance, context, level):
        out.append("bytearray(")
        self._pprint_bytes(bytes(object), out, indent + 10, allowance + 1, context, level + 1)
        out.append(")")

    def _pprint_mappingproxy(self, object, out, indent, allowance, context, level):
        out.append("mappingproxy(")
        self._format(object.copy(), out, indent + 13, allowance + 1, context, level)
        out.append(")")

    def _pprint_namespace(self, object, out, indent, allowance, context, level):
        name = "namespace" if type(object).__name__ == "SimpleNamespace" else object.__class__.__name__
        out.append(name + "(")
        self._named_items(list(object.__dict__.items()), out, indent + len(name) + 1, allowance, context, level)
        out.append(")")

    def _pprint_default_dict(self, object, out, indent, allowance, context, level):
        if not len(object):
            out.append(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = object.__class__.__name__
        indent += len(name) + 1
        out.append("%s(%s,\n%s" % (name, factory, " " * indent))
        self._pprint_dict(object, out, indent, allowance + 1, context, level)
        out.append(")")

    def _pprint_counter(self, object, out, indent, allowance, context, level):
        if not len(object):
            out.append(repr(object))
            return
        name = object.__class__.__name__
        out.append(name + "({")
        if self._indent_per_level > 1:
            out.append((self._indent_per_level - 1) * " ")
        self._dict_items(object.most_common(), out, indent + len(name) + 1, allowance + 2, context, level)
        out.append("})")

    def _pprint_deque(self, object, out, indent, allowance, context, level):
        if not len(object):
            out.append(repr(object))
            return
        name = object.__class__.__name__
        indent += len(name) + 1
        out.append(name + "([")
        if object.maxlen is None:
            self._items(object, out, indent, allowance + 2, context, level)
            out.append("])")
        else:
            self._items(object, out, indent, 2, context, level)
            out.append("],\n%smaxlen=%s)" % (" " * indent, self._repr(object.maxlen, context, level)))

    def _plain(self, object, context, maxlevels, level):
        kind = type(object)
        shown = kind.__repr__
        if shown is int.__repr__ and kind is not bool:
            text = f"{object:_d}" if self._underscore_numbers else repr(object)
            return text, True, False
        if shown is dict.__repr__ and issubclass(kind, dict):
            return self._plain_dict(object, context, maxlevels, level)
        is_list = shown is list.__repr__ and issubclass(kind, list)
        if is_list or shown is tuple.__repr__ and issubclass(kind, tuple):
            return self._plain_items(object, is_list, context, maxlevels, level)
        text = repr(object)
        return text, bool(text) and not text.startswith("<"), False

    def _plain_dict(self, object, context, maxlevels, level):
        if not object:
            return "{}", True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return "{...}", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable = True
        recursive = False
        parts = []
        for name, value in _sorted_items(object) if self._sort_dicts else object.items():
            name_text, name_readable, name_recursive = self.format(name, context, maxlevels, level + 1)
            text, value_readable, value_recursive = self.format(value, context, maxlevels, level + 1)
            parts.append(f"{name_text}: {text}")
            readable = readable and name_readable and value_readable
            recursive = recursive or name_recursive or value_recursive
        del context[key]
        return "{%s}" % ", ".join(parts), readable, recursive

    def _plain_items(self, object, is_list, context, maxlevels, level):
        if is_list:
            if not object:
                return "[]", True, False
            frame = "[%s]"
        elif len(object) == 1:
            frame = "(%s,)"
        else:
            if not object:
                return "()", True, False
            frame = "(%s)"
        key = id(object)
        if maxlevels and level >= maxlevels:
            return frame % "...", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable = True
        recursive = False
        parts = []
        for item in object:
            text, item_readable, item_recursive = self.format(item, context, maxlevels, level + 1)
            parts.append(text)
            readable = readable and item_readable
            recursive = recursive or item_recursive
        del context[key]
        return frame % ", ".join(parts), readable, recursive


def _is_plain_dataclass(object):
    kind = type(object)
    return (hasattr(kind, "__dataclass_fields__") and kind.__dataclass_params__.repr
            and hasattr(kind.__repr__, "__wrapped__")
            and "__create_fn__" in kind.__repr__.__wrapped__.__qualname__)


def _bytes_lines(data, width, allowance):
    current = b""
    last = len(data) // 4 * 4
    for at in range(0, len(data), 4):
        part = data[at:at + 4]
        candidate = current + part
        if at == last:
            width -= allowance
        if len(repr(candidate)) > width:
            if current:
                yield repr(current)
            current = part
        else:
            current = candidate
    if current:
        yield repr(current)


def _collect():
    from collections import Counter, OrderedDict, defaultdict, deque
    from types import MappingProxyType, SimpleNamespace
    return {
        dict.__repr__: PrettyPrinter._pprint_dict,
        OrderedDict.__repr__: PrettyPrinter._pprint_ordered_dict,
        list.__repr__: PrettyPrinter._pprint_list,
        tuple.__repr__: PrettyPrinter._pprint_tuple,
        set.__repr__: PrettyPrinter._pprint_set,
        frozenset.__repr__: PrettyPrinter._pprint_set,
        str.__repr__: PrettyPrinter._pprint_str,
        bytes.__repr__: PrettyPrinter._pprint_bytes,
        bytearray.__repr__: PrettyPrinter._pprint_bytearray,
        MappingProxyType.__repr__: PrettyPrinter._pprint_mappingproxy,
        SimpleNamespace.__repr__: PrettyPrinter._pprint_namespace,
        defaultdict.__repr__: PrettyPrinter._pprint_default_dict,
        Counter.__repr__: PrettyPrinter._pprint_counter,
        deque.__repr__: PrettyPrinter._pprint_deque,
    }


_WAYS = _collect()
