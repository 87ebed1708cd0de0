import warnings

SOURCES = ["x is 1", "x is not 'a'", "1 is x is None", "x is None", "assert (x, 'message')", "assert ()", "1if x else 2", "[1 for y in [0x1for z in ()]]",
           "'\\d'", "b'\\777'", "'''\n\\w'''", "r'\\d'", "[(1, 2) (3, 4)]", "[[1] [x, 2]]", "[{1: 2} [3, 4]]", "['a' ['b']]", "None()", "(lambda: 1)()", "f'{x}'[x, 1]",
           "[1][True]", "[1][2.0]", "{1}[0]", "...[0]", "1.5[0]", "(x for x in ())[0]", "print (1)", "'a' 'b' (3)"]
for source in SOURCES:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            compile(source, "shown.py", "exec")
        except SyntaxError as error:
            print("error:", error)
    # Escapes are told of as SyntaxWarning from Python 3.12 on, literals before words until then as DeprecationWarning.
    print(repr(source), [(str(w.message), w.lineno, w.filename) for w in seen])
with warnings.catch_warnings():
    warnings.simplefilter("error", SyntaxWarning)
    for source in ("x = 1\nx is 1", "assert (1, 2)", "x is None"):
        try:
            compile(source, "shown.py", "exec")
            print("compiled")
        except SyntaxError as error:
            print(type(error).__name__, error.msg, error.lineno, error.filename)
