import re


class Template:
    TOKEN = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.S)

    def __init__(self, text):
        self.parts = self.TOKEN.split(text)

    def render(self, **names):
        out, _ = self._block(0, names, ())
        return out

    def _block(self, at, names, ends):
        out = []
        while at < len(self.parts):
            part = self.parts[at]
            at += 1
            if part.startswith("{{"):
                expression, *filters = [p.strip() for p in part[2:-2].split("|")]
                value = eval(expression, {"__builtins__": {}}, names)
                for name in filters:
                    value = {"upper": str.upper, "len": len, "title": str.title}[name](value)
                out.append(str(value))
            elif part.startswith("{%"):
                words = part[2:-2].split()
                if words[0] in ends:
                    return "".join(out), at
                if words[0] == "for":
                    start = at
                    for value in eval(" ".join(words[3:]), {"__builtins__": {}}, names):
                        body, at = self._block(start, {**names, words[1]: value}, ("end",))
                        out.append(body)
                elif words[0] == "if":
                    body, at = self._block(at, names, ("end",))
                    if eval(" ".join(words[1:]), {"__builtins__": {}}, names):
                        out.append(body)
            else:
                out.append(part)
        return "".join(out), at


t = Template("Dear {{ name|title }}:{% for i in items %}\n- {{ i['n'] }}{% if i['q'] > 1 %} x{{ i['q'] }}{% end %}{% end %}\n{{ items|len }} in all")
print(t.render(name="mary ann", items=[{"n": "tea", "q": 1}, {"n": "cup", "q": 3}]))
try:
    Template("{{ open('x') }}").render()
except NameError as error:
    print(error)
