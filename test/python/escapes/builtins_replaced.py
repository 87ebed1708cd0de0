import builtins
def broken(*a, **k):
    raise RuntimeError("replaced")
kept = builtins.len
builtins.len = broken
try:
    print(kept([1, 2]), sorted([3, 1]), "abc".upper(), [x for x in range(2)])
    try:
        len([])
    except RuntimeError as error:
        print(error)
finally:
    builtins.len = kept
print(len([1]))
