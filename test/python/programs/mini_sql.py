import re

TABLES = {"people": [{"name": "Ana", "age": 31, "city": "Rome"}, {"name": "Bo", "age": 25, "city": "Oslo"}, {"name": "Cy", "age": 40, "city": "Rome"}]}
QUERY = re.compile(r"select (?P<columns>[\w*, ()]+) from (?P<table>\w+)(?: where (?P<where>.+?))?(?: order by (?P<order>\w+)(?P<down> desc)?)?(?: limit (?P<limit>\d+))?$", re.I)
TESTS = {"=": lambda a, b: a == b, "!=": lambda a, b: a != b, "<": lambda a, b: a < b, ">": lambda a, b: a > b, "like": lambda a, b: re.fullmatch(b.replace("%", ".*"), a) is not None}


def literal(text):
    return text[1:-1] if text[0] == "'" else int(text)


def condition(text):
    parts = []
    for part in re.split(r" and ", text, flags=re.I):
        column, operator, value = re.match(r"(\w+)\s*(!=|=|<|>|like)\s*('.*'|\d+)$", part.strip()).groups()
        parts.append((column, TESTS[operator], literal(value)))
    return lambda row: all(test(row[column], value) for column, test, value in parts)


def query(text):
    match = QUERY.match(text)
    if match is None:
        raise SyntaxError(f"cannot read {text!r}")
    q = match.groupdict()
    rows = TABLES[q["table"]]
    if q["where"]:
        rows = list(filter(condition(q["where"]), rows))
    if q["columns"].strip().lower() == "count(*)":
        return len(rows)
    if q["order"]:
        rows = sorted(rows, key=lambda row: row[q["order"]], reverse=bool(q["down"]))
    names = list(TABLES[q["table"]][0]) if q["columns"].strip() == "*" else [c.strip() for c in q["columns"].split(",")]
    return [tuple(row[name] for name in names) for row in rows[: int(q["limit"] or len(rows))]]


for text in ["select * from people", "SELECT name FROM people WHERE city = 'Rome' AND age > 35", "select name, age from people order by age desc limit 2", "select count(*) from people where name like '%o'", "select x from people", "select name from nothing", "drop table people"]:
    try:
        print(query(text))
    except (KeyError, SyntaxError) as error:
        print(type(error).__name__, error)
