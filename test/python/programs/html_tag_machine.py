import html
from collections import Counter
from enum import Enum, auto


class State(Enum):
    TEXT = auto()
    TAG = auto()
    NAME = auto()
    VALUE = auto()
    COMMENT = auto()


VOID = {"br", "img", "hr"}


def tokenize(source):
    state, buffer, tag, attrs, name, quote, i = State.TEXT, "", "", {}, "", "", 0
    while i < len(source):
        char = source[i]
        match state:
            case State.TEXT if source.startswith("<!--", i):
                if buffer:
                    yield "text", html.unescape(buffer)
                buffer, state, i = "", State.COMMENT, i + 3
            case State.TEXT if char == "<":
                if buffer:
                    yield "text", html.unescape(buffer)
                buffer, tag, attrs, state = "", "", {}, State.TAG
            case State.TEXT:
                buffer += char
            case State.COMMENT if source.startswith("-->", i):
                yield "comment", buffer
                buffer, state, i = "", State.TEXT, i + 2
            case State.COMMENT:
                buffer += char
            case State.TAG | State.NAME if char == ">":
                if state is State.NAME and name.strip("/"):
                    attrs[name] = True
                name = ""
                yield ("close", tag[1:]) if tag.startswith("/") else ("open", tag.rstrip("/"), attrs)
                state = State.TEXT
            case State.TAG if char.isspace():
                state, name = State.NAME, ""
            case State.TAG:
                tag += char.lower()
            case State.NAME if char == "=":
                state, quote, buffer = State.VALUE, "", ""
            case State.NAME if char.isspace():
                if name:
                    attrs[name] = True
                name = ""
            case State.NAME:
                name += char
            case State.VALUE if not quote and not buffer and char in "'\"":
                quote = char
            case State.VALUE if char == quote or (not quote and (char.isspace() or char == ">")):
                attrs[name] = html.unescape(buffer)
                buffer, name, state = "", "", State.NAME
                i -= char == ">"
            case State.VALUE:
                buffer += char
        i += 1
    if state is not State.TEXT:
        raise ValueError(f"ended in {state.name}")
    if buffer:
        yield "text", html.unescape(buffer)


def tree(source):
    root = {"tag": "#root", "children": []}
    stack = [root]
    for kind, *rest in tokenize(source):
        if kind == "text" and rest[0].strip():
            stack[-1]["children"].append(rest[0])
        elif kind == "open":
            node = {"tag": rest[0], "attrs": rest[1], "children": []}
            stack[-1]["children"].append(node)
            if rest[0] not in VOID:
                stack.append(node)
        elif kind == "close":
            if stack[-1]["tag"] != rest[0]:
                raise ValueError(f"</{rest[0]}> closes <{stack[-1]['tag']}>")
            stack.pop()
    return root


def outline(node, depth=0):
    if isinstance(node, str):
        print("  " * depth + repr(node))
        return
    if depth:
        attrs = "".join(f" {k}={v!r}" for k, v in node["attrs"].items())
        print("  " * depth + node["tag"] + attrs)
    for child in node["children"]:
        outline(child, depth + 1)


PAGE = """<h1 class='big &amp; bold' hidden>Fish &amp; Chips &#9731;</h1><!-- menu <b> -->
<ul id=list><li>one<br/>two</li><li data-x="1 > 0">three</li></ul>"""
outline(tree(PAGE))
print(Counter(kind for kind, *_ in tokenize(PAGE)), html.escape("<a href=\"x\">'"))
for bad in ("<b><i></b></i>", "<b", "<!-- x"):
    try:
        tree(bad)
    except ValueError as error:
        print(bad, "->", error)
