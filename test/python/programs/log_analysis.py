import re
from collections import defaultdict

LOG = """2024-05-01 10:00:01 INFO [web] GET /index 200 12ms
2024-05-01 10:00:02 ERROR [db] timeout after 3000ms (query="select 1")
2024-05-01 10:01:00 INFO [web] GET /img/a.png 404 3ms
bad line
2024-05-01 10:01:30 WARN [web] POST /login 500 250ms"""
LINE = re.compile(r"""(?P<day>\d{4}-\d\d-\d\d)\s(?P<time>[\d:]+)\s
    (?P<level>[A-Z]+)\s\[(?P<part>\w+)\]\s(?P<rest>.*)""", re.X)
REQUEST = re.compile(r"(GET|POST) (\S+) (\d{3}) (\d+)ms$")

levels, slow = defaultdict(list), {}
for number, line in enumerate(LOG.splitlines(), 1):
    if not (match := LINE.fullmatch(line)):
        print(f"line {number}: cannot read {line!r}")
        continue
    entry = match.groupdict()
    levels[entry["level"]].append(entry["time"])
    if request := REQUEST.match(entry["rest"]):
        method, path, status, ms = request.groups()
        slow[path] = int(ms)
        if status[0] in "45":
            print(entry["time"], method, path, status, request.span(3))
print(dict(levels), max(slow, key=slow.get))
print(re.sub(r"(\d+)ms", lambda m: f"{int(m[1]) / 1000:.3f}s", LOG.splitlines()[1]))
print(re.findall(r"\b(\w)(\w*?)\b(?= \[)", LOG)[:2], re.split(r"[\s/]+", "a b/c  d", maxsplit=2), re.sub("(?i)a(?P<x>b)?", r"<\g<x>>", "Ab a"))
print(re.search(r"(?<=\()[^)]*", LOG).group(), re.escape("a.b*c"), re.fullmatch(r"(a|ab)(c|bcd)", "abcd").groups(), re.match("x", "y"))
try:
    re.compile("(a")
except re.error as error:
    print(error, error.pos)
