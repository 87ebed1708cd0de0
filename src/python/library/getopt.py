"""Options of a command line as C's getopt reads them; `argparse` does more."""
import os

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    opt = ""
    msg = ""

    def __init__(self, msg, opt=""):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    """Options and what is left, which begins with the first argument that is no option."""
    found = []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    while args and args[0].startswith("-") and args[0] != "-":
        if args[0] == "--":
            args = args[1:]
            break
        args = _option(found, args, shortopts, longopts)
    return found, args


def gnu_getopt(args, shortopts, longopts=[]):
    """The same, with options among the other arguments."""
    found, others = [], []
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    stops = shortopts.startswith("+") or bool(os.environ.get("POSIXLY_CORRECT"))
    shortopts = shortopts.removeprefix("+")
    while args:
        if args[0] == "--":
            others += args[1:]
            break
        if args[0].startswith("-") and args[0] != "-":
            args = _option(found, args, shortopts, longopts)
        elif stops:
            others += args
            break
        else:
            others.append(args[0])
            args = args[1:]
    return found, others


def _option(found, args, shortopts, longopts):
    if args[0].startswith("--"):
        return do_longs(found, args[0][2:], longopts, args[1:])[1]
    return do_shorts(found, args[0][1:], shortopts, args[1:])[1]


def do_longs(opts, opt, longopts, args):
    name, equals, value = opt.partition("=")
    value = value if equals else None
    takes, name = long_has_args(name, longopts)
    if takes:
        if value is None:
            if not args:
                raise GetoptError(f"option --{name} requires argument", name)
            value, args = args[0], args[1:]
    elif value is not None:
        raise GetoptError(f"option --{name} must not have an argument", name)
    opts.append((f"--{name}", value or ""))
    return opts, args


def long_has_args(opt, longopts):
    """Whether an option takes an argument, and its full name: a beginning that fits one alone is enough."""
    fitting = [name for name in longopts if name.startswith(opt)]
    if not fitting:
        raise GetoptError(f"option --{opt} not recognized", opt)
    if opt in fitting:
        return False, opt
    if f"{opt}=" in fitting:
        return True, opt
    if len(fitting) > 1:
        raise GetoptError(f"option --{opt} not a unique prefix", opt)
    return fitting[0].endswith("="), fitting[0].removesuffix("=")


def do_shorts(opts, optstring, shortopts, args):
    while optstring != "":
        opt, optstring = optstring[0], optstring[1:]
        if short_has_arg(opt, shortopts):
            if optstring == "":
                if not args:
                    raise GetoptError(f"option -{opt} requires argument", opt)
                optstring, args = args[0], args[1:]
            value, optstring = optstring, ""
        else:
            value = ""
        opts.append((f"-{opt}", value))
    return opts, args


def short_has_arg(opt, shortopts):
    for index, letter in enumerate(shortopts):
        if opt == letter != ":":
            return shortopts.startswith(":", index + 1)
    raise GetoptError(f"option -{opt} not recognized", opt)
