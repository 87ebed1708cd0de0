"""CPython's side of the comparison: draws calls, and answers them, one JSON text a line.

The first line of its input says what ours exposes, {seed, rounds, exposed}; the answer holds the calls and
the names without a template. Each line after that is a call's source, and its answer what it gives.
"""
import json
import sys
import warnings

import torch_calls
import torch_probe

warnings.simplefilter("ignore")
asked = json.loads(sys.stdin.readline())
calls, left = torch_calls.sources(asked["seed"], asked["rounds"], asked["exposed"])
print(json.dumps({"calls": calls, "left": left}), flush=True)
for line in sys.stdin:
    print(json.dumps(torch_probe.shown(json.loads(line))), flush=True)
