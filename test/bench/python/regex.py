"""Reads [{name, pattern, flags, subject, repeat}] and prints, for each, milliseconds of a first run and the least of the later ones."""
import json
import re
import sys
import time


def once(pattern, subject):
    started = time.perf_counter()
    count = sum(1 for _ in pattern.finditer(subject))
    return (time.perf_counter() - started) * 1e3, count


out = []
for job in json.load(sys.stdin):
    pattern = re.compile(job["pattern"], job["flags"])
    runs = [once(pattern, job["subject"]) for _ in range(job["rounds"])]
    out.append({"first": runs[0][0], "least": min(run[0] for run in runs), "count": runs[0][1]})
print(json.dumps(out))
