"""Signals by their names: a program has no process of its own, so that handlers are kept and called by
`raise_signal` alone."""
import enum

_NUMBERS = {
    "SIGHUP": 1, "SIGINT": 2, "SIGQUIT": 3, "SIGILL": 4, "SIGTRAP": 5, "SIGABRT": 6, "SIGBUS": 7,
    "SIGFPE": 8, "SIGKILL": 9, "SIGUSR1": 10, "SIGSEGV": 11, "SIGUSR2": 12, "SIGPIPE": 13,
    "SIGALRM": 14, "SIGTERM": 15, "SIGSTKFLT": 16, "SIGCHLD": 17, "SIGCONT": 18, "SIGSTOP": 19,
    "SIGTSTP": 20, "SIGTTIN": 21, "SIGTTOU": 22, "SIGURG": 23, "SIGXCPU": 24, "SIGXFSZ": 25,
    "SIGVTALRM": 26, "SIGPROF": 27, "SIGWINCH": 28, "SIGIO": 29, "SIGPWR": 30, "SIGSYS": 31,
    "SIGRTMIN": 34, "SIGRTMAX": 64, "SIGCLD": 17, "SIGIOT": 6, "SIGPOLL": 29,
}
Signals = enum.IntEnum("Signals", _NUMBERS, module=__name__)
Handlers = enum.IntEnum("Handlers", {"SIG_DFL": 0, "SIG_IGN": 1}, module=__name__)
Sigmasks = enum.IntEnum("Sigmasks", {"SIG_BLOCK": 0, "SIG_UNBLOCK": 1, "SIG_SETMASK": 2}, module=__name__)
globals().update(Signals.__members__)
globals().update(Handlers.__members__)
globals().update(Sigmasks.__members__)
NSIG = 65
ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF = 0, 1, 2


class ItimerError(OSError):
    pass


def default_int_handler(signalnum, frame):
    """What SIGINT does unless something else was asked for."""
    raise KeyboardInterrupt


_handlers = {Signals.SIGINT: default_int_handler, Signals.SIGPIPE: SIG_IGN, Signals.SIGXFSZ: SIG_IGN}


def _checked(signalnum):
    number = int(signalnum)
    if not 1 <= number < NSIG:
        raise ValueError("signal number out of range")
    return number


def signal(signalnum, handler):
    number = _checked(signalnum)
    if handler not in (SIG_DFL, SIG_IGN) and not callable(handler):
        raise TypeError(
            "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object"
        )
    if number in (SIGKILL, SIGSTOP):
        raise OSError(22, "Invalid argument")
    before = getsignal(number)
    _handlers[number] = Handlers(handler) if isinstance(handler, int) else handler
    return before


def getsignal(signalnum):
    return _handlers.get(_checked(signalnum), SIG_DFL)


def raise_signal(signalnum):
    number = _checked(signalnum)
    handler = getsignal(number)
    if handler == SIG_IGN or handler == SIG_DFL and number in (SIGCHLD, SIGURG, SIGWINCH, SIGCONT):
        return
    if handler == SIG_DFL:
        raise SystemExit(128 + number)
    handler(number, None)


def valid_signals():
    return {Signals(n) if n in Signals._value2member_map_ else n for n in range(1, 65) if n not in (32, 33)}


_TEXTS = (
    "Hangup|Interrupt|Quit|Illegal instruction|Trace/breakpoint trap|Aborted|Bus error|Floating point "
    "exception|Killed|User defined signal 1|Segmentation fault|User defined signal 2|Broken pipe|Alarm "
    "clock|Terminated|Stack fault|Child exited|Continued|Stopped (signal)|Stopped|Stopped (tty input)|"
    "Stopped (tty output)|Urgent I/O condition|CPU time limit exceeded|File size limit exceeded|Virtual "
    "timer expired|Profiling timer expired|Window changed|I/O possible|Power failure|Bad system call"
).split("|")


def strsignal(signalnum):
    number = _checked(signalnum)
    if number <= len(_TEXTS):
        return _TEXTS[number - 1]
    return f"Real-time signal {number - 34}" if number >= 34 else None


def _refused(*args):
    raise PermissionError(1, "Operation not permitted")


alarm = setitimer = getitimer = pause = pthread_kill = sigwait = set_wakeup_fd = _refused


def siginterrupt(signalnum, flag):
    _checked(signalnum)


def pthread_sigmask(how, mask):
    Sigmasks(how)
    return set()
