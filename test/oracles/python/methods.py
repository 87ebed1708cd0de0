# Runs a module's test methods one by one, and says a line of each: MODULE, SKIP and ONLY come before this text.
import importlib
import unittest


def first_line(report):
    lines = [line for line in report.strip().split("\n") if line and not line.startswith(" ")]
    for line in lines:
        if not line.startswith("Traceback"):
            return line[:200]
    return "?"


def run(cls, name):
    result = unittest.TestResult()
    cls(name).run(result)
    if result.errors or result.failures:
        report = (result.errors + result.failures)[0][1]
        return "FAIL " + first_line(report)
    if result.skipped:
        return "skip " + str(result.skipped[0][1])[:100]
    if result.unexpectedSuccesses:
        return "FAIL unexpected success"
    return "ok"


try:
    import test.support.absent
except ImportError:
    pass
module = importlib.import_module(MODULE)
ONLY = None if ONLY is None else set(ONLY)
if hasattr(module, "setUpModule"):
    module.setUpModule()
try:
    # Some modules fill their classes here.
    module.load_tests(unittest.defaultTestLoader, unittest.TestSuite(), None)
except (Exception, unittest.SkipTest):
    pass
for cls in list(vars(module).values()):
    if not (isinstance(cls, type) and issubclass(cls, unittest.TestCase)):
        continue
    # Tests of io's second implementation, which is CPython's own.
    if hasattr(module, "pyio") and cls.__name__.startswith("Py"):
        continue
    names = [name for name in dir(cls) if name.startswith("test")]
    names = [name for name in names if cls.__name__ + "." + name not in SKIP]
    if ONLY is not None:
        names = [name for name in names if cls.__name__ + "." + name in ONLY]
    if not names:
        continue
    try:
        cls.setUpClass()
    except (Exception, unittest.SkipTest) as error:
        print("\n@@", cls.__name__ + ".setUpClass", "FAIL", type(error).__name__, error)
        continue
    for name in names:
        print("\n@>", cls.__name__ + "." + name, flush=True)
        print("\n@@", cls.__name__ + "." + name, run(cls, name), flush=True)
    cls.tearDownClass()
