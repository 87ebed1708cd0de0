import re
from html import escape

INLINE = [(re.compile(r"`([^`]+)`"), r"<code>\1</code>"), (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
          (re.compile(r"(?<!\w)_(.+?)_(?!\w)"), r"<i>\1</i>"), (re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), r'<a href="\2">\1</a>')]


def inline(text):
    text = escape(text, quote=False)
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text


def blocks(source):
    lines = iter(source.splitlines() + [""])
    paragraph, items, kind = [], [], None

    def flush():
        nonlocal kind
        if paragraph:
            yield f"<p>{inline(' '.join(paragraph))}</p>"
            paragraph.clear()
        if items:
            yield f"<{kind}>" + "".join(f"<li>{inline(item)}</li>" for item in items) + f"</{kind}>"
            items.clear()
        kind = None

    for line in lines:
        if match := re.match(r"(#{1,6})\s+(.*?)\s*#*$", line):
            yield from flush()
            level = len(match[1])
            slug = re.sub(r"\W+", "-", match[2].lower()).strip("-")
            yield f'<h{level} id="{slug}">{inline(match[2])}</h{level}>'
        elif line.startswith("```"):
            yield from flush()
            code = []
            for line in lines:
                if line.startswith("```"):
                    break
                code.append(line)
            else:
                yield "<!-- code never ends -->"
            yield "<pre>" + escape("\n".join(code)) + "</pre>"
        elif match := re.match(r"(?:([-*+])|\d+\.)\s+(.*)", line):
            wanted = "ul" if match[1] else "ol"
            if kind != wanted:
                yield from flush()
                kind = wanted
            items.append(match[2])
        elif not line.strip():
            yield from flush()
        elif items:
            items[-1] += " " + line.strip()
        else:
            paragraph.append(line.strip())


SOURCE = """# Hello, World! #

A _short_ text with **bold `code`** and
snake_case_name, 1 < 2 & more.

- first
  goes on
- [second](http://x.y/?a=1&b=2)
1. one
2. two

```python
if a < b:
    print("x")
```
## Last
tail
```
open
"""
html = list(blocks(SOURCE))
print("\n".join(html))
print(len(html), sum(map(len, html)))
