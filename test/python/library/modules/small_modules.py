import atexit
import colorsys
import getopt
import keyword
import locale
import sched
import signal
import stat
import timeit

print(keyword.kwlist, keyword.softkwlist, keyword.iskeyword("def"), keyword.issoftkeyword("match"))
for rgb in ((0.2, 0.4, 0.6), (1, 0, 0), (0.5, 0.5, 0.5), (0.1, 0.9, 0.3)):
    print([[round(part, 9) for part in way(*rgb)] for way in (
        colorsys.rgb_to_hsv, colorsys.rgb_to_hls, colorsys.rgb_to_yiq,
        colorsys.hsv_to_rgb, colorsys.hls_to_rgb, colorsys.yiq_to_rgb)])
print(getopt.getopt(["-a", "1", "-bv", "--long=3", "--fl", "x", "-y"], "a:b:y", ["long=", "flag"]))
print(getopt.gnu_getopt(["x", "-b", "y", "--", "-c"], "bc"))
for bad in (["-z"], ["-a"], ["--long"], ["--flag=1"], ["--f"]):
    try:
        getopt.getopt(bad, "a:", ["long=", "flag", "flog"])
    except getopt.GetoptError as error:
        print(error, repr(error.opt))
print([stat.filemode(mode) for mode in (0o100644, 0o40755, 0o120777, 0o104711, 0o41777, 0o102640)])
print(stat.S_ISDIR(0o40755), stat.S_ISREG(0o40755), stat.S_IMODE(0o104711), stat.S_IFMT(0o40755))
print(locale.setlocale(locale.LC_ALL, "C"), locale.localeconv()["decimal_point"])
print(locale.format_string("%d|%10.2f|%s|%%", (1234567, 3.14159, "x"), grouping=True), locale.str(1.5), locale.atof("2.5"))
try:
    locale.setlocale(locale.LC_ALL, "xx_XX")
except locale.Error as error:
    print(error)
print(signal.SIGINT, repr(signal.SIGTERM), signal.Signals(9).name, signal.strsignal(11), signal.getsignal(signal.SIGTERM))
signal.signal(signal.SIGUSR1, lambda number, frame: print("got", number))
signal.raise_signal(signal.SIGUSR1)
clock = [0]
plan = sched.scheduler(lambda: clock[0], lambda wait: clock.__setitem__(0, clock[0] + wait))
plan.enter(5, 1, print, ("five",))
plan.enter(2, 2, print, ("two, second",))
plan.enter(2, 1, print, ("two, first",), {"end": "!\n"})
plan.cancel(plan.enter(3, 1, print, ("never",)))
print([event.time for event in plan.queue], plan.empty())
plan.run()
print(clock, plan.empty())
ticks = iter(range(100))
print(timeit.timeit("x += 1", "x = 0", timer=lambda: next(ticks), number=5), timeit.repeat(lambda: None, timer=lambda: next(ticks), repeat=3, number=2))
try:
    timeit.Timer("return")
except SyntaxError as error:
    print(error.msg)
atexit.register(print, "last")
atexit.register(print, "before", end="\n")
