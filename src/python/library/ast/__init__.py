"""Syntax trees: the nodes of https://docs.python.org/3/library/ast.html, and what walks over them."""
import _ast_tree

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000

_PLACE = ('lineno', 'col_offset', 'end_lineno', 'end_col_offset')


class AST:
    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, *args, **kwargs):
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError('{} constructor takes at most {} positional argument{}'.format(
                type(self).__name__, len(fields), '' if len(fields) == 1 else 's'))
        for name, value in zip(fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in fields[:len(args)]:
                raise TypeError("{} got multiple values for argument '{}'".format(type(self).__name__, name))
            setattr(self, name, value)

    def __repr__(self):
        return '<ast.{} object at {:#x}>'.format(type(self).__name__, id(self))


# Each line: a sum of the grammar, then its nodes with their fields; "?" marks those that may be left out.
_GRAMMAR = """
mod: Module body type_ignores | Interactive body | Expression body | FunctionType argtypes returns
stmt: FunctionDef name args body decorator_list returns? type_comment? type_params | AsyncFunctionDef name args body decorator_list returns? type_comment? type_params | ClassDef name bases keywords body decorator_list type_params | Return value? | Delete targets | Assign targets value type_comment? | TypeAlias name type_params value | AugAssign target op value | AnnAssign target annotation value? simple | For target iter body orelse type_comment? | AsyncFor target iter body orelse type_comment? | While test body orelse | If test body orelse | With items body type_comment? | AsyncWith items body type_comment? | Match subject cases | Raise exc? cause? | Try body handlers orelse finalbody | TryStar body handlers orelse finalbody | Assert test msg? | Import names | ImportFrom module? names level? | Global names | Nonlocal names | Expr value | Pass | Break | Continue
expr: BoolOp op values | NamedExpr target value | BinOp left op right | UnaryOp op operand | Lambda args body | IfExp test body orelse | Dict keys values | Set elts | ListComp elt generators | SetComp elt generators | DictComp key value generators | GeneratorExp elt generators | Await value | Yield value? | YieldFrom value | Compare left ops comparators | Call func args keywords | FormattedValue value conversion format_spec? | JoinedStr values | Constant value kind? | Attribute value attr ctx | Subscript value slice ctx | Starred value ctx | Name id ctx | List elts ctx | Tuple elts ctx | Slice lower? upper? step?
expr_context: Load | Store | Del
boolop: And | Or
operator: Add | Sub | Mult | MatMult | Div | Mod | Pow | LShift | RShift | BitOr | BitXor | BitAnd | FloorDiv
unaryop: Invert | Not | UAdd | USub
cmpop: Eq | NotEq | Lt | LtE | Gt | GtE | Is | IsNot | In | NotIn
excepthandler: ExceptHandler type? name? body
pattern: MatchValue value | MatchSingleton value | MatchSequence patterns | MatchMapping keys patterns rest? | MatchClass cls patterns kwd_attrs kwd_patterns | MatchStar name? | MatchAs pattern? name? | MatchOr patterns
type_ignore: TypeIgnore lineno tag
type_param: TypeVar name bound? | ParamSpec name | TypeVarTuple name
"""
_ALONE = "comprehension target iter ifs is_async | arguments posonlyargs args vararg? kwonlyargs kw_defaults kwarg? defaults | arg arg annotation? type_comment? | keyword arg? value | alias name asname? | withitem context_expr optional_vars? | match_case pattern guard? body"
_PLACED = {'stmt', 'expr', 'excepthandler', 'pattern', 'type_param', 'arg', 'keyword', 'alias'}


def _define(description, base, placed):
    name, *fields = description.split()
    space = {'_fields': tuple(f.rstrip('?') for f in fields), '__module__': 'ast'}
    space['__match_args__'] = space['_fields']
    for field in fields:
        if field.endswith('?'):
            space[field[:-1]] = None
    if placed:
        space['_attributes'] = _PLACE
        space['end_lineno'] = space['end_col_offset'] = None
    globals()[name] = type(name, (base,), space)


for _line in _GRAMMAR.strip().splitlines():
    _sum, _nodes = _line.split(': ')
    _base = globals()[_sum] = type(_sum, (AST,), {'__module__': 'ast', '_attributes': _PLACE if _sum in _PLACED else ()})
    for _node in _nodes.split(' | '):
        _define(_node, _base, _sum in _PLACED)
for _node in _ALONE.split(' | '):
    _define(_node, AST, _node.split()[0] in _PLACED)


def _decode(value):
    if isinstance(value, list):
        return [_decode(one) for one in value]
    if not isinstance(value, tuple):
        return value
    name, fields, place = value
    node = globals()[name]()
    for field, held in fields.items():
        # The value of a constant is what it is.
        setattr(node, field, held if name == 'Constant' else _decode(held))
    if place is not None:
        for field, held in zip(_PLACE, place):
            setattr(node, field, held)
    return node


def _encode(value):
    if isinstance(value, list):
        return [_encode(one) for one in value]
    if not isinstance(value, AST):
        return value
    fields = {}
    for field in value._fields:
        held = getattr(value, field, None)
        fields[field] = held if isinstance(value, Constant) else _encode(held)
    place = None
    if value._attributes:
        place = tuple(getattr(value, field, None) for field in _PLACE)
        if place[0] is None:
            raise TypeError('required field "lineno" missing from {}'.format(type(value).__name__))
    return (type(value).__name__, fields, place)


def parse(source, filename='<unknown>', mode='exec', *, type_comments=False, feature_version=None):
    """The tree of a source."""
    if isinstance(source, AST):
        return source
    return _decode(_ast_tree.parse(source, filename, mode))


def _compile(tree, filename, mode):
    return _ast_tree.compile(_encode(tree), filename, mode)


def unparse(ast_obj):
    """The source of an expression; statements are not written yet."""
    if isinstance(ast_obj, Expression):
        ast_obj = ast_obj.body
    if not isinstance(ast_obj, expr):
        raise NotImplementedError('ast.unparse() writes expressions alone, not ' + type(ast_obj).__name__)
    return _ast_tree.unparse(_encode(fix_missing_locations(ast_obj)))


def literal_eval(node_or_string):
    """The value of a literal: strings, bytes, numbers, tuples, lists, dicts, sets, booleans and None."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(' \t'), mode='eval')
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body

    def malformed(node):
        message = 'malformed node or string'
        if lineno := getattr(node, 'lineno', None):
            message += f' on line {lineno}'
        raise ValueError(message + f': {node!r}')

    def number(node):
        if not isinstance(node, Constant) or type(node.value) not in (int, float, complex):
            malformed(node)
        return node.value

    def signed(node):
        if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
            operand = number(node.operand)
            return +operand if isinstance(node.op, UAdd) else -operand
        return number(node)

    def value(node):
        if isinstance(node, Constant):
            return node.value
        if isinstance(node, Tuple):
            return tuple(map(value, node.elts))
        if isinstance(node, List):
            return list(map(value, node.elts))
        if isinstance(node, Set):
            return set(map(value, node.elts))
        if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == 'set' and node.args == node.keywords == []:
            return set()
        if isinstance(node, Dict):
            if len(node.keys) != len(node.values):
                malformed(node)
            return dict(zip(map(value, node.keys), map(value, node.values)))
        if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
            left = signed(node.left)
            right = number(node.right)
            if isinstance(left, (int, float)) and isinstance(right, complex):
                return left + right if isinstance(node.op, Add) else left - right
        return signed(node)

    return value(node_or_string)


def iter_fields(node):
    for field in node._fields:
        try:
            yield field, getattr(node, field)
        except AttributeError:
            pass


def iter_child_nodes(node):
    for _, field in iter_fields(node):
        if isinstance(field, AST):
            yield field
        elif isinstance(field, list):
            for item in field:
                if isinstance(item, AST):
                    yield item


def walk(node):
    from collections import deque
    todo = deque([node])
    while todo:
        node = todo.popleft()
        todo.extend(iter_child_nodes(node))
        yield node


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """A tree as text."""
    if not isinstance(node, AST):
        raise TypeError('expected AST, got %r' % node.__class__.__name__)
    if indent is not None and not isinstance(indent, str):
        indent = ' ' * indent

    def shown(node, level):
        if indent is not None:
            level += 1
            prefix = '\n' + indent * level
            separator = ',\n' + indent * level
        else:
            prefix = ''
            separator = ', '
        if isinstance(node, AST):
            cls = type(node)
            args = []
            simple = True
            keywords = annotate_fields
            for name in node._fields:
                try:
                    held = getattr(node, name)
                except AttributeError:
                    keywords = True
                    continue
                if held is None and getattr(cls, name, ...) is None:
                    keywords = True
                    continue
                text, plain = shown(held, level)
                simple = simple and plain
                args.append('%s=%s' % (name, text) if keywords else text)
            if include_attributes and node._attributes:
                for name in node._attributes:
                    held = getattr(node, name, None)
                    if held is None and getattr(cls, name, ...) is None:
                        continue
                    text, plain = shown(held, level)
                    simple = simple and plain
                    args.append('%s=%s' % (name, text))
            if simple and len(args) <= 3:
                return '%s(%s)' % (cls.__name__, ', '.join(args)), not args
            return '%s(%s%s)' % (cls.__name__, prefix, separator.join(args)), False
        if isinstance(node, list):
            if not node:
                return '[]', True
            return '[%s%s]' % (prefix, separator.join(shown(one, level)[0] for one in node)), False
        return repr(node), True

    return shown(node, 0)[0]


def copy_location(new_node, old_node):
    for name in _PLACE:
        if name in old_node._attributes and name in new_node._attributes:
            held = getattr(old_node, name, None)
            if held is not None or (hasattr(old_node, name) and name.startswith('end_')):
                setattr(new_node, name, held)
    return new_node


def fix_missing_locations(node):
    """Gives nodes without a place that of the node around them."""
    def fix(node, place):
        if node._attributes:
            found = []
            for name, outer in zip(_PLACE, place):
                held = getattr(node, name, None)
                if held is None:
                    setattr(node, name, outer)
                    held = outer
                found.append(held)
            place = found
        for child in iter_child_nodes(node):
            fix(child, place)
    fix(node, [1, 0, 1, 0])
    return node


def increment_lineno(node, n=1):
    for child in walk(node):
        if 'lineno' in child._attributes:
            child.lineno = getattr(child, 'lineno', 0) + n
        if getattr(child, 'end_lineno', None) is not None:
            child.end_lineno += n
    return node


def get_docstring(node, clean=True):
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError('%r can\'t have docstrings' % node.__class__.__name__)
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    first = node.body[0].value
    if not (isinstance(first, Constant) and isinstance(first.value, str)):
        return None
    if clean:
        import inspect
        return inspect.cleandoc(first.value)
    return first.value


def get_source_segment(source, node, *, padded=False):
    """The text that a node was made of."""
    if getattr(node, 'end_lineno', None) is None or getattr(node, 'end_col_offset', None) is None:
        return None
    lines = [line.encode() for line in source.splitlines(True)][node.lineno - 1:node.end_lineno]
    padding = ''
    if padded:
        padding = ''.join(c if c in '\f\t' else ' ' for c in lines[0][:node.col_offset].decode())
    lines[-1] = lines[-1][:node.end_col_offset] if len(lines) > 1 else lines[-1][node.col_offset:node.end_col_offset]
    if len(lines) > 1:
        lines[0] = lines[0][node.col_offset:]
    return padding + b''.join(lines).decode()


class NodeVisitor:
    """Calls `visit_NAME` for each node, or goes on to its children."""

    def visit(self, node):
        return getattr(self, 'visit_' + node.__class__.__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        for child in iter_child_nodes(node):
            self.visit(child)


class NodeTransformer(NodeVisitor):
    """Puts what the visits give in the nodes' places; None takes a node away."""

    def generic_visit(self, node):
        for field, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new.extend(item)
                            continue
                    new.append(item)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, field)
                else:
                    setattr(node, field, new)
        return node
