import json

BASE = '{"name": "demo", "size": {"w": 10, "h": 20.5}, "tags": ["a", "b"], "on": true, "none": null}'
OVER = '{"size": {"h": 1e3}, "tags": ["c"], "note": "caf\\u00e9 \\ud83d\\ude00 \\"q\\""}'


def merge(base, over):
    result = dict(base)
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(result.get(key), dict):
            result[key] = merge(result[key], value)
        elif isinstance(value, list) and isinstance(result.get(key), list):
            result[key] = result[key] + value
        else:
            result[key] = value
    return result


merged = merge(json.loads(BASE), json.loads(OVER))
print(json.dumps(merged, indent=2, sort_keys=True))
print(json.dumps(merged, ensure_ascii=False, separators=(",", ":")))
print(json.loads("[1, -0, 1.0, 1E2, 123456789012345678901234567890, \"\\n\"]"))
for bad in ['{"a": }', "[1, 2", "nul", '{"a" 1}', '"\t"', "", "[1] 2", "{'a': 1}"]:
    try:
        json.loads(bad)
    except json.JSONDecodeError as error:
        print(f"{bad!r:>10}: {error} [{error.lineno}:{error.colno}]")


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, (set, frozenset)):
            return sorted(value)
        return super().default(value)


print(json.dumps({"s": {3, 1, 2}, 1: (1, 2), None: float("inf"), True: "x"}, cls=Encoder))
try:
    json.dumps({"x": object}, cls=Encoder)
except TypeError as error:
    print(error)
print(json.loads('{"a": [1.5, {"b": 2}]}', object_hook=lambda d: tuple(d.items()), parse_float=str))
