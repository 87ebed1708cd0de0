for text in ["(" * 100000, "[" * 5000 + "]" * 5000, "-" * 100000 + "1", "not " * 50000 + "1", "a" + ".b" * 100000, "1" + "+1" * 100000, "lambda:" * 50000 + "1", "f(" * 5000 + ")" * 5000, "x = " * 20000 + "1", "'a' " * 100000, "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 500)), "1 if 1 else " * 20000 + "1", "{" * 3000, "a" + "[0]" * 50000]:
    try:
        compile(text, "deep", "exec")
    except (SyntaxError, MemoryError, RecursionError):
        pass
print("done")
