"""
Records what pytest itself makes of the files below test/pymodules/pytest/files: the name of each test, its
status, and why. Run it with a Python that has pytest 9:

    python3 test/oracles/record_pytest.py [NAME...]

A file of these names alone is recorded anew.
"""
import json
import pathlib
import re
import subprocess
import sys

FILES = pathlib.Path(__file__).parent.parent / "pymodules/pytest/files"
HERE = pathlib.Path(__file__)


class Recorder:
    """Takes the reports of a run, as pytest hands them out."""

    def __init__(self):
        self.tests = {}
        self.refused = None

    def pytest_collectreport(self, report):
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            self.refused = crash.message if crash is not None else str(report.longrepr)

    def pytest_runtest_logreport(self, report):
        if type(report).__name__ == "SubtestReport":
            return
        base, bracket, rest = report.nodeid.partition("[")
        name = " › ".join(base.split("::")[1:]) + bracket + rest
        entry = {"status": report.outcome, "phase": report.when}
        if hasattr(report, "wasxfail"):
            entry["reason"] = report.wasxfail.removeprefix("reason: ")
        elif report.skipped:
            entry["reason"] = report.longrepr[2].removeprefix("Skipped: ")
        elif report.failed:
            entry["message"] = message_of(report.longrepr)
        before = self.tests.get(name)
        if before is None or before["status"] == "passed" or (
                report.failed and before["status"] == "skipped"):
            if before is None or report.when == "call" or not report.passed:
                self.tests[name] = entry


def message_of(longrepr):
    if isinstance(longrepr, str):
        return longrepr
    if hasattr(longrepr, "errorstring"):
        return longrepr.errorstring
    return longrepr.reprcrash.message


def record(path, verbose):
    import pytest
    recorder = Recorder()
    options = [str(path), "-p", "no:cacheprovider", "-o", "truncation_limit_lines=0",
               "-o", "truncation_limit_chars=0", "-o", "python_files=*.py", "-W", "ignore", "--tb=short"]
    pytest.main([*options, *(["-vv"] if verbose else [])], plugins=[recorder])
    sys.stdout.flush()
    return {"refused": recorder.refused} if recorder.refused else {"tests": recorder.tests}


def apart(path, verbose):
    """The same in a process of its own."""
    command = [sys.executable, str(HERE), str(path), "1" if verbose else "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=path.parent)
    line = done.stdout.rpartition("\n@@")[2]
    text = re.sub(r"0x[0-9a-f]{6,}", "0x…", line)
    return json.loads(text)


def main():
    if len(sys.argv) == 3 and sys.argv[2] in ("0", "1"):
        result = record(pathlib.Path(sys.argv[1]), sys.argv[2] == "1")
        print("\n@@" + json.dumps(result, ensure_ascii=True))
        return
    target = FILES.parent / "recorded.json"
    wanted = sys.argv[1:]
    recorded = json.loads(target.read_text()) if wanted else {}
    for path in sorted([*FILES.glob("*.py"), *FILES.glob("*/test_kata.py")]):
        name = path.relative_to(FILES).as_posix()
        if wanted and name not in wanted:
            continue
        recorded[name] = {"long": apart(path, True)}
        if name == "asserts.py":
            recorded[name]["short"] = apart(path, False)
        print(name, file=sys.stderr)
    text = json.dumps(dict(sorted(recorded.items())), indent=2, ensure_ascii=False)
    # Where this repository lies is nobody's business.
    target.write_text(text.replace(str(FILES.parents[3]), "/home/kata") + "\n")


if __name__ == "__main__":
    main()
