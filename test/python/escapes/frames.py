import sys
def gen():
    yield 1
g = gen()
next(g)
bad = ["process", "Bun", "require", "globalThis", "constructor", "prototype"]
def look(frame, depth=0):
    while frame is not None and depth < 50:
        for space in (getattr(frame, "f_globals", {}), getattr(frame, "f_locals", {}), getattr(frame, "f_builtins", {})):
            for name in bad:
                if name in space:
                    if name != "bad":
                        print("escaped", name)
        frame = getattr(frame, "f_back", None)
        depth += 1
look(getattr(g, "gi_frame", None))
try:
    1 / 0
except ZeroDivisionError as error:
    trace = error.__traceback__
    while trace is not None:
        look(getattr(trace, "tb_frame", None))
        trace = trace.tb_next
if hasattr(sys, "_getframe"):
    look(sys._getframe())
print("done")
