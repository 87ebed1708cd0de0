import os.path
from ast import literal_eval
from collections import ChainMap
from string import Template
from types import SimpleNamespace

DEFAULTS = """
[server]
host = localhost
port = 8080
url = http://$host:$port/
debug = False
[paths]
root = /srv/app
logs = ${root}/logs
"""
LOCAL = """
; comment
[server]
port = 9090   # inline
tags = ["a",
        "b"]
[extra]
empty =
ratio = 2.50
"""


class ConfigError(Exception):
    def __init__(self, line, text):
        super().__init__(line, text)
        self.line = line

    def __str__(self):
        return "line %d: cannot read %r" % self.args


def parse(text):
    sections, section, last = {}, None, None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split(" #")[0].rstrip()
        if not line or line.lstrip()[0] in ";#":
            continue
        if line[0].isspace() and last:
            sections[section][last] += " " + line.strip()
        elif line.startswith("[") and line.endswith("]"):
            section, last = line[1:-1], None
            sections.setdefault(section, {})
        elif "=" in line and section:
            last, _, value = (part.strip() for part in line.partition("="))
            sections[section][last] = value
        else:
            raise ConfigError(number, raw)
    return sections


def convert(value):
    try:
        return literal_eval(value)
    except (ValueError, SyntaxError):
        return value


def load(*texts):
    layers = [parse(text) for text in texts]
    names = dict.fromkeys(name for layer in layers for name in layer)
    result = SimpleNamespace()
    for name in names:
        merged = ChainMap(*(layer.get(name, {}) for layer in reversed(layers)))
        values = {key: convert(Template(value).safe_substitute(merged)) for key, value in sorted(merged.items())}
        setattr(result, name, SimpleNamespace(**values))
    return result


config = load(DEFAULTS, LOCAL)
print(config.server)
print(config.paths, config.extra)
print(type(config.server.port), config.server.tags[1], config.server.debug is False, config.extra.ratio + 1)
print(os.path.join(config.paths.logs, "today.log"), os.path.splitext("a/b.tar.gz"), os.path.normpath("/a/./b/../c"))
for bad in ("[a]\nnothing", "key = before section"):
    try:
        parse(bad)
    except ConfigError as error:
        print(error, "|", repr(error), error.line)
print(hasattr(config, "missing"), config == load(DEFAULTS, LOCAL), Template("$$5 ${x}y $z").safe_substitute(x=1))
try:
    Template("$z").substitute({})
except KeyError as error:
    print("no", error)
