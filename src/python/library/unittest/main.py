"""`unittest.main()` and `-m unittest`."""

import sys

from . import loader, runner

_EXAMPLES = """\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
"""

_MODULE_EXAMPLES = """\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
"""

_SWITCHES = {
    "-v": ("verbosity", 2),
    "--verbose": ("verbosity", 2),
    "-q": ("verbosity", 0),
    "--quiet": ("verbosity", 0),
    "--locals": ("tb_locals", True),
    "-f": ("failfast", True),
    "--failfast": ("failfast", True),
    "-c": ("catchbreak", True),
    "--catch": ("catchbreak", True),
    "-b": ("buffer", True),
    "--buffer": ("buffer", True),
}


def _pattern(text):
    return text if "*" in text else "*%s*" % text


def _to_name(name):
    """The module that a file's path stands for; other names are what they are."""
    if not name.lower().endswith(".py"):
        return name
    import os

    if not os.path.isfile(name):
        return name
    if os.path.isabs(name):
        relative = os.path.relpath(name, os.getcwd())
        if os.path.isabs(relative) or relative.startswith(os.pardir):
            return name
        name = relative
    return os.path.normpath(name)[:-3].replace("\\", ".").replace("/", ".")


class TestProgram:
    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(
        self,
        module="__main__",
        defaultTest=None,
        argv=None,
        testRunner=None,
        testLoader=loader.defaultTestLoader,
        exit=True,
        verbosity=1,
        failfast=None,
        catchbreak=None,
        buffer=None,
        warnings=None,
        *,
        tb_locals=False,
    ):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        if argv is None:
            argv = sys.argv
        self.exit = exit
        self.failfast = failfast
        self.catchbreak = catchbreak
        self.verbosity = verbosity
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.defaultTest = defaultTest
        self.testRunner = testRunner
        self.testLoader = testLoader
        self.progName = argv[0].rpartition("/")[2]
        self.parseArgs(argv)
        self.runTests()

    def usageExit(self, msg=None):
        if msg:
            print(msg)
        sys.exit(2)

    def parseArgs(self, argv):
        given = argv[1:]
        if self.module is None:
            if not given:
                self._do_discovery([])
                return
            if given[0].lower() == "discover":
                self._do_discovery(given[1:])
                return
        self.tests = self._plain(given)
        if self.tests is None:
            # argparse has words for everything else.
            self.tests = []
            self._parser().parse_args(given, self)
        if self.module is None and not self.tests:
            self._do_discovery([])
            return
        if self.tests:
            self.testNames = [_to_name(name) for name in self.tests]
            if __name__ == "__main__":
                self.module = None
        elif self.defaultTest is None:
            self.testNames = None
        elif isinstance(self.defaultTest, str):
            self.testNames = (self.defaultTest,)
        else:
            self.testNames = list(self.defaultTest)
        self.createTests()

    def _plain(self, given):
        """The names among plain arguments; None where there is more to say of them."""
        names = []
        switches = []
        for argument in given:
            if argument in _SWITCHES:
                switches.append(_SWITCHES[argument])
            elif argument.startswith("-") or not argument:
                return None
            else:
                names.append(argument)
        for name, value in switches:
            setattr(self, name, value)
        return names

    def _options(self):
        import argparse

        parser = argparse.ArgumentParser(add_help=False)
        add = parser.add_argument
        add("-v", "--verbose", dest="verbosity", action="store_const", const=2, help="Verbose output")
        add("-q", "--quiet", dest="verbosity", action="store_const", const=0, help="Quiet output")
        add("--locals", dest="tb_locals", action="store_true", help="Show local variables in tracebacks")
        for name, short, long, text in (
            ("failfast", "-f", "--failfast", "Stop on first fail or error"),
            ("catchbreak", "-c", "--catch", "Catch Ctrl-C and display results so far"),
            ("buffer", "-b", "--buffer", "Buffer stdout and stderr during tests"),
        ):
            if getattr(self, name) is None:
                add(short, long, dest=name, action="store_true", help=text)
                setattr(self, name, False)
        if self.testNamePatterns is None:
            add(
                "-k",
                dest="testNamePatterns",
                action="append",
                type=_pattern,
                help="Only run tests which match the given substring",
            )
            self.testNamePatterns = []
        return parser

    def _parser(self):
        import argparse

        parser = argparse.ArgumentParser(prog=self.progName, parents=[self._options()])
        names = "a list of any number of test modules, classes and test methods."
        if self.module is not None:
            names = "a list of any number of test names"
        parser.add_argument("tests", nargs="*", help=names)
        examples = _EXAMPLES if self.module is None else _MODULE_EXAMPLES
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.epilog = examples
        return parser

    def _do_discovery(self, argv, Loader=None):
        self.start = "."
        self.pattern = "test*.py"
        self.top = None
        if any([argument not in _SWITCHES for argument in argv]):
            import argparse

            parser = argparse.ArgumentParser(parents=[self._options()])
            parser.prog = self.progName
            parser.epilog = "For test discovery all test modules must be importable from the top level directory of the project."
            add = parser.add_argument
            add("-s", "--start-directory", dest="start", help="Directory to start discovery ('.' default)")
            add("-p", "--pattern", dest="pattern", help="Pattern to match tests ('test*.py' default)")
            add(
                "-t",
                "--top-level-directory",
                dest="top",
                help="Top level directory of project (defaults to start directory)",
            )
            for name in ("start", "pattern", "top"):
                parser.add_argument(name, nargs="?", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
            parser.parse_args(argv, self)
        else:
            self._plain(argv)
        self.createTests(from_discovery=True, Loader=Loader)

    def createTests(self, from_discovery=False, Loader=None):
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            loading = self.testLoader if Loader is None else Loader()
            self.test = loading.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def runTests(self):
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        running = self.testRunner
        if isinstance(running, type):
            running = running(
                verbosity=self.verbosity,
                failfast=bool(self.failfast),
                buffer=bool(self.buffer),
                warnings=self.warnings,
                tb_locals=self.tb_locals,
            )
        self.result = running.run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
