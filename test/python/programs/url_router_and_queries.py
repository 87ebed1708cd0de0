import re
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

CONVERTERS = {"int": (r"-?\d+", int), "str": (r"[^/]+", str), "path": (r".+", str), "hex": (r"[0-9a-f]+", lambda t: int(t, 16))}


class NotFound(LookupError):
    status = 404


class Router:
    def __init__(self, prefix=""):
        self.prefix, self.routes, self.names = prefix, [], {}

    def route(self, pattern, *methods, name=None):
        converters = {}

        def part(match):
            key, kind = match["name"], match["kind"] or "str"
            regex, converters[key] = CONVERTERS[kind]
            return f"(?P<{key}>{regex})"

        regex = re.compile(re.sub(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>", part, self.prefix + pattern))

        def register(handler):
            self.routes.append((regex, converters, set(methods) or {"GET"}, handler))
            self.names[name or handler.__name__] = self.prefix + pattern
            return handler
        return register

    def url(self, name, /, **values):
        def fill(match):
            return quote(str(values.pop(match[1])), safe="/" if "path:" in match[0] else "")
        path = re.sub(r"<(?:\w+:)?(\w+)>", fill, self.names[name])
        return path + ("?" + urlencode(values, doseq=True) if values else "")

    def handle(self, method, url):
        parts = urlsplit(url)
        allowed = set()
        for regex, converters, methods, handler in self.routes:
            if match := regex.fullmatch(unquote(parts.path)):
                if method not in methods:
                    allowed |= methods
                    continue
                values = {key: converters[key](text) for key, text in match.groupdict().items()}
                return handler(**values, **{k: v[-1] for k, v in parse_qs(parts.query).items()})
        if allowed:
            return f"405 allow {', '.join(sorted(allowed))}"
        raise NotFound(f"{method} {parts.path}")


app = Router("/api")


@app.route("/users/<int:number>", "GET", "HEAD")
def user(number, verbose="no"):
    return f"user {number + 1} verbose={verbose}"


@app.route("/files/<path:where>", name="file")
def files(where):
    return f"file {where!r}"


@app.route("/colors/<hex:code>/<word>", "POST")
def color(code, word):
    return f"{word} is {code:#08x}"


for method, url in [("GET", "/api/users/41?verbose=yes"), ("GET", "/api/users/x"), ("POST", "/api/users/1"), ("GET", "/api/files/a/b%20c.txt"),
                    ("POST", "/api/colors/ff00aa/p%C3%A9"), ("GET", "/api/users/-3?verbose=1&verbose=2#top"), ("GET", "/api/users/1?bad=1")]:
    try:
        print(method, url, "->", app.handle(method, url))
    except (NotFound, TypeError) as error:
        print(method, url, "-> error", error)
print(app.url("user", number=5), app.url("file", where="x y/z?", page=[1, 2], q="a&b"), app.url("color", code="ff", word="ü/ö"))
parts = urlsplit("https://ann:pw@Example.com:8443/a/b;p?x=1&y=&x=%20#frag")
print(parts.hostname, parts.port, parts.username, parts.fragment, parse_qsl(parts.query, keep_blank_values=True))
print(urljoin("http://a/b/c/d", "../e?f"), urljoin("http://a/b/", "//h/x"), urlunsplit(("ftp", "host", "/p", "", "f")), quote("a b/ü"), unquote("%E2%98%83+1"))
