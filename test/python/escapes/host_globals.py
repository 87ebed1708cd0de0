for name in ["window", "process", "Bun", "require", "Function", "globalThis", "self", "document", "module", "exports", "Deno", "fetch", "WebAssembly", "Object", "Reflect", "Proxy", "Symbol", "console", "setTimeout", "importScripts", "Worker"]:
    try:
        eval(name)
        print("escaped", name)
    except NameError as error:
        print(error)
