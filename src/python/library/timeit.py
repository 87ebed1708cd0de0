"""How long small pieces of code take."""
import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

dummy_src_name = "<timeit-src>"
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals
_UNITS = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}
_HELP = """python -m timeit [-n N] [-r N] [-u UNIT] [-s SETUP] [-p] [-v] [-h] [--] [statement ...]

-n, --number N   how often the statement runs (default: until it takes 0.2 s)
-r, --repeat N   how often that is done (default 5); the best is shown
-s, --setup S    runs once before (default 'pass')
-p, --process    counts the time of the process
-u, --unit U     nsec, usec, msec or sec
-v, --verbose    shows all times; more of them, more digits
-h, --help       this text
"""

template = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def reindent(src, indent):
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """Times a statement, or a function without arguments, after another one that sets up."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {}
        before, setup, setup_default = self._part("setup", setup, "", 4, names)
        _, stmt, stmt_default = self._part("stmt", stmt, before, 8, names)
        self.src = template.format(stmt=stmt, setup=setup, init=setup_default + stmt_default)
        code = compile(self.src, dummy_src_name, "exec")
        exec(code, _globals() if globals is None else globals, names)
        self.inner = names["inner"]

    @staticmethod
    def _part(name, part, before, indent, names):
        """A part as text of the timed function; by itself it must be a program too."""
        if isinstance(part, str):
            compile(before + part, dummy_src_name, "exec")
            return part + "\n", reindent(part, indent), ""
        if callable(part):
            names[f"_{name}"] = part
            return "", f"_{name}()", f", _{name}=_{name}"
        raise ValueError(f"{name} is neither a string nor callable")

    def print_exc(self, file=None):
        """Prints the exception that is handled, with lines of the timed code."""
        import linecache
        import traceback

        lines = self.src.split("\n")
        linecache.cache[dummy_src_name] = (len(self.src), None, lines, dummy_src_name)
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds that so many turns take."""
        turns = itertools.repeat(None, number)
        collected = gc.isenabled()
        gc.disable()
        try:
            return self.inner(turns, self.timer)
        finally:
            if collected:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """`timeit` so many times; the least of them says most."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """A number of turns that takes 0.2 s or more, and how long it took."""
        scale = 1
        while True:
            for number in (scale, 2 * scale, 5 * scale):
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(
    stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None
):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def main(args=None, *, _wrap_timer=None):
    """The command line; the exit code comes back, None where all is well."""
    import getopt

    long = ["number=", "setup=", "repeat=", "process", "verbose", "unit=", "help"]
    try:
        options, words = getopt.getopt(sys.argv[1:] if args is None else args, "n:u:s:r:pvh", long)
    except getopt.error as error:
        print(error)
        print("use -h/--help for command line help")
        return 2
    timer, number, times, verbose, unit, precision = default_timer, 0, default_repeat, 0, None, 3
    setup = []
    for option, value in options:
        if option in ("-n", "--number"):
            number = int(value)
        elif option in ("-s", "--setup"):
            setup.append(value)
        elif option in ("-u", "--unit"):
            if value not in _UNITS:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                return 2
            unit = value
        elif option in ("-r", "--repeat"):
            times = max(1, int(value))
        elif option in ("-p", "--process"):
            timer = time.process_time
        elif option in ("-v", "--verbose"):
            precision += verbose > 0
            verbose += 1
        else:
            print(_HELP, end="")
            return None

    def shown(seconds):
        scale = unit or next((name for name in ("sec", "msec", "usec") if seconds >= _UNITS[name]), "nsec")
        return f"{seconds / _UNITS[scale]:.{precision}g} {scale}"

    def tell(number, taken):
        loops = "loop" if number == 1 else "loops"
        print(f"{number} {loops} -> {taken:.{precision}g} secs")

    timer = timer if _wrap_timer is None else _wrap_timer(timer)
    timed = Timer("\n".join(words) or "pass", "\n".join(setup) or "pass", timer)
    try:
        if number == 0:
            number, _ = timed.autorange(tell if verbose else None)
            if verbose:
                print()
        raw = timed.repeat(times, number)
    except:
        timed.print_exc()
        return 1
    if verbose:
        print("raw times: %s" % ", ".join(map(shown, raw)))
        print()
    turns = [taken / number for taken in raw]
    best, worst = min(turns), max(turns)
    plural = "loop" if number == 1 else "loops"
    print(f"{number} {plural}, best of {times}: {shown(best)} per loop")
    if worst >= best * 4:
        import warnings

        warnings.warn_explicit(
            f"The test results are likely unreliable. The worst time ({shown(worst)}) was more than "
            f"four times slower than the best time ({shown(best)}).",
            UserWarning,
            "",
            0,
        )
    return None


if __name__ == "__main__":
    sys.exit(main())
