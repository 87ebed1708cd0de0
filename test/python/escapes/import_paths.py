for name in ["../../package", "/etc/passwd", "node:fs", "file:///etc/passwd", "a/b", "", ".", "..", "__proto__", "constructor", "bun:ffi", "https://example.org/x"]:
    try:
        __import__(name)
        print("escaped", name)
    except (ImportError, ValueError, TypeError):
        pass
