import os, sys
import os.path
from pathlib import Path, PurePath, PurePosixPath
import glob, shutil, fnmatch, tempfile
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
base = "w"
os.mkdir(base); os.makedirs(base + "/a/b/c"); t(lambda: os.mkdir(base)); t(lambda: os.makedirs(base)); os.makedirs(base, exist_ok=True)
for n in ["x.txt", "y.py", ".hid", "a/z.txt", "a/b/c/q.py"]:
    with open(os.path.join(base, n), "w") as f: f.write(n * 3)
print(sorted(os.listdir(base)), [(a, sorted(b), sorted(c)) for a, b, c in sorted(os.walk(base))])
print(sorted((e.name, e.is_dir(), e.path) for e in os.scandir(base)))
print(os.stat(base + "/x.txt").st_size, os.path.isfile(base), os.path.isdir(base), os.path.exists("no"), os.path.getsize(base + "/y.py"))
t(lambda: os.remove("no")); t(lambda: os.rmdir(base)); t(lambda: os.remove(base)); t(lambda: os.rename("no", "no2")); t(lambda: os.listdir("no")); t(lambda: os.stat("no/x")); t(lambda: os.listdir(base + "/x.txt"))
os.rename(base + "/x.txt", base + "/w.txt"); print(sorted(os.listdir(base)))
print(sorted(glob.glob(base + "/*")), sorted(glob.glob(base + "/**/*.py", recursive=True)), glob.glob("no*"), sorted(glob.glob(base + "/?.py")), sorted(glob.glob("*/a")))
print(fnmatch.filter(["a.py", "b.txt", "[x]"], "*.[pt]*"), fnmatch.fnmatch("abc", "a[!x]c"), fnmatch.fnmatchcase("A", "a"), fnmatch.translate("a*.p?"))
p = Path(base)
print(repr(p / "a" / "z.txt"), (p / "a/z.txt").read_text(), (p / "n.bin").write_bytes(b"12"), (p/"n.bin").stat().st_size)
print(sorted(p.glob("*.txt")), sorted(p.rglob("*.py")), sorted(p.glob("**/*.txt")), sorted(x.name for x in p.iterdir()))
t(lambda: Path("no").read_text()); t(lambda: Path("no").unlink()); t(lambda: Path("no/x").mkdir()); (p/"u"/"v").mkdir(parents=True); t(lambda: (p/"u").mkdir()); (p/"u").mkdir(exist_ok=True)
for s in ["/a/b.tar.gz", "a/../b", ".", "", "a.", ".hid", "/", "//a/b", "///a", "a/./b//c/", "..", "x/.y.z"]:
    q = PurePosixPath(s)
    print(repr(q), q.parts, q.name, q.stem, q.suffix, q.suffixes, q.parent, list(q.parents), q.is_absolute(), q.root, q.anchor)
    print(os.path.split(s), os.path.splitext(s), os.path.normpath(s), os.path.basename(s), os.path.dirname(s), os.path.isabs(s), os.path.join(s, "k"), os.path.join(s, "/k"))
print(PurePath("a/b/c").relative_to("a"), PurePath("a/b") == PurePath("a//b"), PurePath("a") < PurePath("b"), PurePath("a/b.py").with_suffix(".txt"), PurePath("a/b.py").with_name("c"), PurePath("a/b.py").with_stem("z"), PurePath("a/b.py").match("*.py"), PurePath("/a/b") .is_relative_to("/a"), hash(PurePath("a")) == hash(PurePath("a")))
t(lambda: PurePath("a").relative_to("b")); t(lambda: PurePath("").with_name("x")); t(lambda: PurePath("a").with_suffix("x")); t(lambda: PurePath(3)); t(lambda: PurePath("a") / 3); t(lambda: "x" / PurePath("a"))
print(os.path.commonprefix(["abc", "abd"]), os.path.commonpath(["/a/b", "/a/c"]), os.path.relpath("/a/b", "/a/c"), os.path.expanduser("~/x") != "", os.path.splitext("a/b.c/d"))
print(os.sep, os.linesep == "\n", os.name, os.curdir, os.fspath(p), os.path is sys.modules["os.path"], os.path.__name__)
t(lambda: os.fspath(3)); t(lambda: os.path.join("a", b"b")); print(isinstance(p, os.PathLike), isinstance("a", os.PathLike))
shutil.copy(base + "/w.txt", base + "/copy.txt"); shutil.copytree(base + "/a", base + "/a2"); print(sorted(os.listdir(base + "/a2"))); shutil.move(base + "/a2", base + "/a3"); print(os.path.exists(base + "/a2"), sorted(os.listdir(base + "/a3")))
with tempfile.TemporaryDirectory(dir=base) as d:
    print(os.path.isdir(d)); open(d + "/f", "w").close()
print(os.path.exists(d))
with tempfile.NamedTemporaryFile("w+", dir=base, suffix=".t") as f: f.write("hi"); f.seek(0); print(f.read(), f.name.endswith(".t"))
shutil.rmtree(base); print(os.path.exists(base))
print(len(os.urandom(10)), "A" in os.environ or True, os.environ.get("nope", 5), os.getenv("nope")); t(lambda: os.environ["nope"]); os.environ["Q"] = "z"; print(os.environ["Q"], "Q" in os.environ)
t(lambda: os.environ.__setitem__("a", 3))
