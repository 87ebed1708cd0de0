try:
    import pickle
    pickle.loads(b"cos\nsystem\n(S'echo escaped'\ntR.")
except Exception:
    pass
try:
    import marshal
    marshal.loads(b"c" + b"\xff" * 30)
except Exception:
    pass
print("done")
