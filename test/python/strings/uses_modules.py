import string, textwrap, shlex, pprint, html, hmac, hashlib, base64, binascii, struct, zlib, unicodedata, codecs
from urllib.parse import *
print(string.Template("$a ${b} $$").substitute(a=1,b=2), string.capwords("hello world"), string.Template("$a $c").safe_substitute(a=1))
try: string.Template("$a $!").substitute(a=1)
except ValueError as e: print(e)
print(string.Formatter().format("{0} {a:>5} {} {b[0]}" if 0 else "{0} {a:>5} {b[0]}", 1, a=2, b=[3]))
t = "The quick brown fox jumped over the lazy dog's well-known back -- and then some more text came along."
for w in (10, 20, 40): print(textwrap.wrap(t, w))
print(textwrap.fill(t, 30, initial_indent="* ", subsequent_indent="  "))
print(textwrap.shorten(t, 40), repr(textwrap.dedent("  a\n    b\n\n  c\n")), textwrap.indent("a\n\nb\n", "> "))
print(shlex.split("a 'b c' \"d e\" f\\ g # x"), shlex.quote("a b"), shlex.join(["a", "b c"]), list(shlex.shlex("a+b 'c d'")))
pprint.pprint({"a": list(range(30)), "b": {"c": "x" * 100, "d": (1,)}, "e": "word " * 30, "f": {1,2,3}, "g": b"abc" * 40})
pprint.pprint([1,2,[3,4,[5]]], depth=2); pprint.pprint({"x": list(range(20))}, compact=True, width=30)
print(pprint.pformat({"b":1,"a":2}), pprint.pformat([{"name": "a"*30, "value": [1,2,3]} for _ in range(2)]))
print(html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&amp;&#x41;&#65;&notit;&eacute;&notanentity;&#128;"))
print(hmac.new(b"k", b"m", "sha256").hexdigest(), hashlib.md5(b"a").hexdigest(), hashlib.sha256(b"abc").hexdigest()[:16], hashlib.new("sha1", b"x").hexdigest())
print(base64.b64encode(b"hello\xff"), base64.b64decode("aGVsbG//"), base64.urlsafe_b64encode(b"\xff\xfe"), base64.b32encode(b"hi"), base64.b16encode(b"\xab"), base64.b85encode(b"hello"), base64.a85encode(b"hello"))
print(binascii.hexlify(b"ab"), binascii.unhexlify("6162"), binascii.crc32(b"abc"), zlib.crc32(b"abc"), zlib.adler32(b"abc"))
try: base64.b64decode("abc")
except binascii.Error as e: print(type(e), e)
print(struct.pack("<IhB", 1, -2, 3), struct.unpack(">I", b"\0\0\1\0"), struct.calcsize("qi"), struct.pack("3s", b"ab"), struct.unpack("<fd", struct.pack("<fd", 1.5, 2.5)))
try: struct.pack("B", 300)
except struct.error as e: print(type(e), e)
print(unicodedata.name("é"), unicodedata.category("a"), unicodedata.normalize("NFD", "é") == "e\u0301", unicodedata.lookup("GREEK SMALL LETTER ALPHA"), unicodedata.numeric("½"))
print(codecs.encode("hello", "rot13"), codecs.decode(b"6162", "hex"), codecs.BOM_UTF8)
print(urlparse("http://user:pw@host.com:80/p/a;x?q=1#f"), urlsplit("//h/p?q").netloc, urlparse("http://h:80/x").port)
print(quote("a b/ç?&"), quote_plus("a b&"), unquote("%C3%A7+x%zz"), urlencode({"a": 1, "b": "x y"}), urlencode({"a": [1,2]}, doseq=True), parse_qs("a=1&a=2&b=&c"), parse_qsl("a=1&b=%20"))
for u in ("../x", "//o/y", "?q", "#f", "g;x", "/abs", "http://z/", "..", "./a/../b"): print(urljoin("http://h/a/b/c?z#y", u))
import csv
class W:
    def __init__(self): self.t = ""
    def write(self, s): self.t += s
w = W(); c = csv.writer(w); c.writerow(["a", 'b"c', "d,e", 1, None, 2.5, ""]); c.writerow([""]); print(repr(w.t))
print(list(csv.reader(['a,b,"c,d"', '"x""y",z', "", 'multi,"line', 'here",end'])))
print(list(csv.DictReader(["a,b", "1,2", "3"])))
print(list(csv.reader(["a;b"], delimiter=";")), list(csv.reader(["1,'a'"], quotechar="'", quoting=csv.QUOTE_NONNUMERIC)))
import difflib
print("\n".join(difflib.unified_diff("a b c d".split(), "a x c d e".split(), lineterm="")), difflib.get_close_matches("appel", ["ape", "apple", "peach"]), difflib.SequenceMatcher(None, "abcd", "bcde").ratio())
import uuid
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.UUID("12345678123456781234567812345678"), uuid.uuid3(uuid.NAMESPACE_URL, "x").version, repr(uuid.UUID(int=5)))
