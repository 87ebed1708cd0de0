for name in ["/tmp/kata_escape", "../kata_escape", "/dev/stdout", "/proc/self/fd/1", "x/../../kata_escape"]:
    for mode in ["w", "a", "x", "r+", "wb"]:
        try:
            with open(name, mode) as file:
                file.write("x" if "b" not in mode else b"x")
            print("escaped", name, mode)
        except (OSError, ValueError):
            pass
import pathlib
for path in ["/etc", "/", "..", "/root"]:
    try:
        if list(pathlib.Path(path).iterdir()):
            print("escaped", path)
    except (OSError, ValueError, AttributeError):
        pass
