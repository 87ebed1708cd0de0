"""Runs a program a line (JSON: source), says what it printed and how long it took, compiling included."""
import contextlib
import io
import json
import sys
import time

for line in sys.stdin:
    source = json.loads(line)["source"]
    out = io.StringIO()
    started = time.perf_counter()
    used = time.process_time()
    try:
        with contextlib.redirect_stdout(out):
            exec(compile(source, "program.py", "exec"), {"__name__": "__main__"})
        answer = {"output": out.getvalue()}
    except BaseException as error:
        answer = {"output": "", "error": repr(error)}
    answer["ms"] = (time.perf_counter() - started) * 1000
    answer["cpuMs"] = (time.process_time() - used) * 1000
    print(json.dumps(answer), flush=True)
