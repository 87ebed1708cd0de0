import io, sys
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
with open("a.txt", "w") as f:
    print(f, f.name, f.mode, f.encoding, f.closed, f.writable(), f.readable())
    print(f.write("héllo\nworld\r\nx"), f.tell())
    t(lambda: f.read())
t(lambda: f.write("x"))
print(f.closed, f)
with open("a.txt") as f:
    t(lambda: f.write("x"))
    print(f.readline(), f.tell(), f.read(3), f.tell(), f.readlines())
print(open("a.txt", newline="").read().encode())
print(open("a.txt", "rb").read(), open("a.txt","rb"))
print([l for l in open("a.txt","rb")])
with open("a.txt", "a+") as f:
    f.write("more"); f.seek(0); print(f.readlines()); print(f.newlines)
with open("b.bin", "wb+") as f:
    f.write(b"0123456789"); f.seek(3); print(f.read(2)); f.write(b"XY"); f.seek(0); print(f.read()); f.truncate(4); f.seek(0, 2); print(f.tell())
with open("b.bin", "r+b") as f: print(f.read1(2), f.peek(), f.readline()); f.seek(-1, 1); print(f.read())
t(lambda: open("none")); t(lambda: open("a.txt", "x")); t(lambda: open("a.txt", "q")); t(lambda: open("a.txt", "rw")); t(lambda: open("a.txt", "rb", encoding="x")); t(lambda: open("a.txt", "rbt")); t(lambda: open("", "r"))
t(lambda: open("a\0b")); t(lambda: open(None)); t(lambda: open("/")); t(lambda: open("a.txt", encoding="nope")); t(lambda: open("a.txt", encoding="ascii").read()); t(lambda: open("a.txt", "r", 0)); t(lambda: open("a.txt", newline="q"))
s = io.StringIO("ab\ncd\n")
print(s.readline(), s.read(), s.getvalue(), s.seek(0), s.write("X"), s.getvalue(), s.tell(), s.truncate(), s.getvalue())
s = io.StringIO(); print("hi", 3, file=s, end="!"); print(s.getvalue(), s.tell()); s.seek(1); s.write("OO"); print(s.getvalue(), repr(s.read()))
t(lambda: s.write(3)); t(lambda: io.StringIO(3)); s.close(); t(lambda: s.read()); t(lambda: s.getvalue())
print(list(io.StringIO("a\r\nb\rc\n", newline=None)), list(io.StringIO("a\r\nb\rc\n", newline="")), list(io.StringIO("a\r\nb\rc\n")))
b = io.BytesIO(b"abc\ndef"); print(b.read(2), b.readline(), b.tell(), b.seek(0), b.write(b"ZZ"), b.getvalue(), b.readlines(), b.seek(10), b.write(b"!"), b.getvalue())
t(lambda: b.write("x")); t(lambda: b.seek(-1)); t(lambda: b.fileno()); t(lambda: io.BytesIO("x"))
w = io.TextIOWrapper(io.BytesIO("é\nb".encode()), "utf-8"); print(w.read(1), w.tell(), w.read()); 
print(isinstance(w, io.TextIOBase), isinstance(b, io.IOBase), issubclass(io.UnsupportedOperation, OSError), io.UnsupportedOperation.__mro__)
print(w.detach)if 0 else None
print(input("? "), sys.stdin.readline(), repr(sys.stdin.read()))
t(lambda: input())
print(sys.stdout.writable(), sys.stdout.encoding, sys.stdout.name, sys.stdin.mode)
sys.stdout.write("direct\n"); print("e", file=sys.stderr); sys.stdout.flush()
sys.stdout.writelines(["a", "b\n"])
class U(io.StringIO):
    def write(self, x): return super().write(x.upper())
u = U(); old = sys.stdout; sys.stdout = u; print("hello"); sys.stdout = old; print(u.getvalue())
with open("u16", "w", encoding="utf-16") as f: f.write("a"); f.write("b")
print(open("u16","rb").read(), open("u16", encoding="utf-16").read())
print(sys.getrecursionlimit(), sys.maxsize, sys.float_info.max, sys.byteorder)
for line in open("a.txt"): print(repr(line), end=" ")
print()
f = open("a.txt"); next(f); t(lambda: f.tell()); f.close()
with open("big", "w") as f:
    for i in range(5000): f.write(f"line {i} é\n")
with open("big") as f:
    n = 0
    for line in f: n += len(line)
    print(n)
    f.seek(0); x = f.readline(); p = f.tell(); y = f.readline(); f.seek(p); print(y == f.readline(), p)
