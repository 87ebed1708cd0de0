# Runs a command in a terminal of its own. Lines of stdin are [wait for this, then type that] as JSON;
# what the terminal shows goes to stdout, the exit code to the last line.
import json
import os
import pty
import select
import sys
import time

pid, terminal = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b""
passed = 0


def read_until(wanted, seconds):
    global seen, passed
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if wanted is not None and wanted in seen[passed:]:
            passed = seen.index(wanted, passed) + len(wanted)
            return True
        if not select.select([terminal], [], [], 0.05)[0]:
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:
            return False
        if not data:
            return False
        seen += data
    return False


for line in sys.stdin:
    wanted, typed = json.loads(line)
    if not read_until(wanted.encode(), 20):
        break
    os.write(terminal, typed.encode())
read_until(None, 20)
os.kill(pid, 0)
status = os.waitpid(pid, 0)[1]
print(seen.decode(errors="replace").replace("\r\n", "\n"))
print(os.waitstatus_to_exitcode(status))
