"""Writes src/python/library/html/entities-table.ts: HTML's named characters as the standard lists them.

    /usr/bin/python3 test/oracles/record-entities.py

Everything is asked of CPython's html.entities. Zstd is Bun's, since CPython has none.
"""
import html.entities
import json
import os
import subprocess

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
OUT = os.path.join(ROOT, "src/python/library/html/entities-table.ts")
BUN = os.path.join(ROOT, "node_modules/.bin/bun")
PACK = "process.stdout.write(Bun.zstdCompressSync(await Bun.stdin.text(), {level: 22}).toString('base64'))"

text = json.dumps(html.entities.html5, ensure_ascii=False, separators=(",", ":"))
packed = subprocess.run([BUN, "-e", PACK], input=text.encode(), capture_output=True, check=True).stdout
with open(OUT, "w") as out:
    out.write("/** HTML's named characters, JSON as base64 of zstd. Made by test/oracles/record-entities.py. */\n")
    out.write(f'export const ENTITIES: string =\n  "{packed.decode()}";\n')
