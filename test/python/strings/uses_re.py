import re
print(re.findall(r"\d+", "a1b22"), re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.split(r"[,;]", "a,b;c"), re.match("a(b)?", "ac").groups())
m = re.search(r"(?P<y>\d{4})-(?P<m>\d\d)", "on 2024-05!")
print(m, m.group(), m["y"], m.groupdict(), m.span("m"), m.start(), m.end(1), m.lastindex, m.lastgroup, m.re, m.string, m.pos, m.endpos)
print([x.group() for x in re.finditer("a.", "abacad")], re.subn("a", lambda m: m.group().upper(), "banana"))
print(re.I, repr(re.I|re.M), re.I & re.M, ~re.I, re.compile("x", re.I|re.X), re.compile(b"x"), re.escape("a.b*c"))
try: re.compile("(")
except re.error as e: print(repr(e), e.msg, e.pos, e.lineno, e.colno, e.pattern)
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for f in (lambda: re.match('a', 1), lambda: re.match(b'a','a'), lambda: re.match('a', b'a'), lambda: re.match(1,'a'), lambda: re.compile(re.compile('a'), re.I), lambda: re.sub('a', 1, 'a'), lambda: re.sub('a', lambda m: 1, 'a'), lambda: re.match('a','a').group(1), lambda: re.match('a','a').group('x'), lambda: re.match('a','a')['x'], lambda: re.sub('a', r'\2', 'a'), lambda: re.sub('a', b'x', 'a'), lambda: re.match('(a)','a').start('y'), lambda: re.match('a','a').group(1.5), lambda: re.sub('(?P<x>a)', r'\g<y>', 'a'), lambda: re.sub(b'a', 'x', b'a'), lambda: re.Pattern(), lambda: re.split('a', 'b', -1), lambda: re.sub('a', lambda m: None, 'abc'), lambda: re.match('a','a').expand(3), lambda: re.compile([1])):
    t(f)
print(re.sub("x*", "-", "abxd"), re.split("x*", "axbc"), re.findall("😀.", "a😀b"), re.search("b", "😀b").span())
print(re.sub(r"(?i)HELLO", "bye", "hello Hello"), re.fullmatch("a+", "aaa"), re.compile("a").match("ba", 1))
