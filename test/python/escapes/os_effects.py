import os
for name, args in [("system", ("echo escaped",)), ("popen", ("echo escaped",)), ("execv", ("/bin/sh", ["sh"])), ("fork", ()), ("kill", (1, 0)), ("listdir", ("/",)), ("getenv", ("PATH",)), ("getenv", ("HOME",)), ("open", ("/etc/passwd", 0)), ("remove", ("/tmp/x",)), ("spawnv", (0, "/bin/true", ["true"]))]:
    try:
        got = getattr(os, name)(*args)
        if got is not None and got != []:
            print("escaped", name)
    except (AttributeError, OSError, ImportError, PermissionError, NotImplementedError):
        pass
if any(name in os.environ for name in ["PATH", "HOME", "USER", "PWD"]):
    print("escaped environ")
