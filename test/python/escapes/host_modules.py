for name in ["js", "pyodide", "pyodide_js", "node", "fs", "process", "bun", "Bun", "child_process", "ctypes", "_ctypes", "subprocess", "socket", "posix", "_posixsubprocess", "multiprocessing", "signal"]:
    try:
        module = __import__(name)
        for dangerous in ["eval", "require", "system", "Function", "globalThis", "Popen", "fork", "CDLL", "socket", "kill"]:
            if hasattr(module, dangerous):
                print("escaped", name, dangerous)
    except ImportError:
        pass
print("done")
