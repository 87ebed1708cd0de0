import json
import re

DOCUMENT = json.loads("""
{"store": {"books": [
  {"title": "Sayings", "price": 8.95, "tags": ["a", "b"]},
  {"title": "Sword", "price": 12.99, "isbn": null},
  {"title": "Moby \\u2603", "price": 8.99, "tags": []}],
 "bicycle": {"color": "red", "price": 19.95}}, "open": true}
""")
TOKEN = re.compile(r"\.\.(\w+)|\.(\w+|\*)|\[(-?\d+|\*)\]|\[\?(\w+)\s*([<>=]+)\s*([^\]]+)\]")


def walk(node):
    yield node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from walk(child)


def step(nodes, deep, name, index, key, sign, value):
    for node in nodes:
        if deep:
            yield from (one[deep] for one in walk(node) if isinstance(one, dict) and deep in one)
        elif name == "*" or index == "*":
            yield from node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        elif name and isinstance(node, dict) and name in node:
            yield node[name]
        elif index and isinstance(node, list):
            yield from node[int(index):][:1]
        elif key and isinstance(node, list):
            wanted = json.loads(value)
            tests = {"<": lambda x: x < wanted, ">": lambda x: x > wanted, "==": lambda x: x == wanted}
            yield from (one for one in node if key in one and tests[sign](one[key]))


def query(path, node):
    nodes, at = [node], 1
    while at < len(path):
        match = TOKEN.match(path, at)
        if match is None:
            raise SyntaxError(f"cannot read {path[at:]!r} at {at}")
        nodes = step(nodes, *match.groups())
        at = match.end()
    return list(nodes)


for path in ("$.store.books[0].title", "$..price", "$.store.*", "$.store.books[?price < 9].title",
             "$.store.books[-1].tags", "$.store.books[*].isbn", "$.nothing", "$.store!books"):
    try:
        print(path, "=>", json.dumps(query(path, DOCUMENT), ensure_ascii=False))
    except SyntaxError as error:
        print(path, "=> error:", error)
print(json.dumps(DOCUMENT, sort_keys=True, separators=(",", ":"))[:70])
print(json.dumps({"nested": [1, {"x": (2.0, None)}], 5: True}, indent=2))
