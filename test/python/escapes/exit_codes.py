import sys
for f in [lambda: sys.exit(3), lambda: exit("text"), quit]:
    try:
        f()
    except SystemExit as error:
        print(repr(error.code))
