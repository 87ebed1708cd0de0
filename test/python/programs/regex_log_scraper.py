import re
from collections import Counter
from textwrap import dedent

LOG = dedent("""\
    2024-05-01T10:00:01Z INFO  [web-1] GET /index.html 200 12ms
    2024-05-01T10:00:02Z WARN  [web-2] GET /a%20b?q=1&r=x 404 3ms
    2024-05-01T10:00:02Z ERROR [db] timeout after 5000ms
      at connect (db.py:10)
      at query (db.py:42)
    not a line
    2024-05-01T10:01:09Z INFO  [web-1] POST /login 302 45ms
""")
LINE = re.compile(r"""
    ^(?P<stamp>\d{4}-\d\d-\d\dT(?P<time>[\d:]{8})Z)\s+
    (?P<level>[A-Z]+)\s+ \[(?P<source>[\w-]+)\]\s+
    (?:(?P<method>GET|POST)\ (?P<path>\S+)\ (?P<status>\d{3})\ (?P<ms>\d+)ms | (?P<message>.*))$
""", re.VERBOSE | re.MULTILINE)

records = [match.groupdict() for match in LINE.finditer(LOG)]
print(len(records), Counter(r["level"] for r in records).most_common())
for r in records:
    if r["method"]:
        print(r["time"], r["method"], r["path"], int(r["status"]) // 100, f"{int(r['ms']):>4}")
    else:
        print(r["time"], r["source"], "said", repr(r["message"]))
print(re.findall(r"at (\w+) \((\w+)\.py:(\d+)\)", LOG))
print(re.sub(r"%([0-9A-F]{2})", lambda m: chr(int(m[1], 16)), records[1]["path"]))
print(dict(re.findall(r"[?&](\w+)=([^&]*)", records[1]["path"])))
print(re.sub(r"(\d+)-(\d+)-(\d+)", r"\3.\2.\1", "on 2024-05-01 and 1999-12-31"))
print(re.split(r"\s*[,;]\s*", "a , b;c ;  d"), re.split(r"(-)", "1-2-3", maxsplit=1))
print(re.sub(r"(?<=\d)(?=(?:\d{3})+\b)", ",", "1234567 and 89012"))
print([m.span() for m in re.finditer(r"\b(\w)\w*\1\b", "dad noon abc wow", re.I)])
print(re.match(r"(a+)+b", "aaab").groups(), re.search(r"(?P<q>['\"]).*?(?P=q)", "say 'hi' \"x\"")[0])
print(re.fullmatch(r"(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}", "192.168.1.256"))
print(re.escape("a+b (c)"), re.compile(r"x{2,3}?").pattern, re.sub("", "-", "abc"), re.subn("a", "b", "banana"))
for bad in (r"(", r"[z-a]", r"*a", r"(?P<1>x)", r"\g"):
    try:
        re.compile(bad)
    except re.error as error:
        print(repr(bad), error.msg, error.pos)
