"""Finding tests: in classes, in modules, by name, in folders."""

import functools
import sys
import types

from . import case, suite, util


class _FailedTest(case.TestCase):
    """Stands for tests that could not be loaded, and fails as the loading did."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattr__(name)

        def testFailure():
            raise self._exception

        return testFailure


def _failed(name, kind, message, suiteClass):
    return suiteClass((_FailedTest(name, kind(message)),)), message


def _failed_import(name, suiteClass):
    import traceback

    message = "Failed to import test module: %s\n%s" % (name, traceback.format_exc())
    return _failed(name, ImportError, message, suiteClass)


def _failed_attribute(name, error, suiteClass):
    import traceback

    message = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return _failed(name, type(error), message, suiteClass)


def _skipped(name, reason, suiteClass):
    @case.skip(str(reason))
    def testSkipped(self):
        pass

    return suiteClass((type("ModuleSkipped", (case.TestCase,), {name: testSkipped})(name),))


class TestLoader:
    testMethodPrefix = "test"
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    sortTestMethodsUsing = staticmethod(util.three_way_cmp)

    def __init__(self):
        self.errors = []
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError(
                "Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?"
            )
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        if args or "use_load_tests" in kws:
            import warnings

            warnings.warn("use_load_tests is deprecated and ignored", DeprecationWarning)
            kws.pop("use_load_tests", None)
        if len(args) > 1:
            raise TypeError(
                f"loadTestsFromModule() takes 1 positional argument but {len(args) + 1} were given"
            )
        if kws:
            raise TypeError(f"loadTestsFromModule() got an unexpected keyword argument '{sorted(kws)[0]}'")
        tests = [
            self.loadTestsFromTestCase(getattr(module, name))
            for name in dir(module)
            if _is_tests(getattr(module, name))
        ]
        tests = self.suiteClass(tests)
        load_tests = getattr(module, "load_tests", None)
        if load_tests is None:
            return tests
        try:
            return load_tests(self, tests, pattern)
        except Exception as error:
            import traceback

            message = "Failed to call load_tests:\n%s" % traceback.format_exc()
            failed, message = _failed(module.__name__, type(error), message, self.suiteClass)
            self.errors.append(message)
            return failed

    def _import(self, parts):
        """The module of as many of the parts as there is one for, or what tells of the failure."""
        failed = message = None
        parts = parts[:]
        while parts:
            name = ".".join(parts)
            try:
                return __import__(name), None, None
            except ImportError:
                missing = parts.pop()
                failed, message = _failed_import(missing, self.suiteClass)
        return None, failed, message

    def loadTestsFromName(self, name, module=None):
        parts = name.split(".")
        failed = message = None
        if module is None:
            module, failed, message = self._import(parts)
            if module is None:
                self.errors.append(message)
                return failed
            # What the import failed at matters where an attribute is not found either.
            for at in range(len(parts), 0, -1):
                try:
                    __import__(".".join(parts[:at]))
                    break
                except ImportError:
                    failed, message = _failed_import(parts[at - 1], self.suiteClass)
            parts = parts[1:]
        obj = module
        parent = None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                if getattr(obj, "__path__", None) is not None and failed is not None:
                    self.errors.append(message)
                    return failed
                failed, message = _failed_attribute(part, error, self.suiteClass)
                self.errors.append(message)
                return failed
        return self._tests_of(obj, parent, name)

    def _tests_of(self, obj, parent, name):
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, case.TestCase):
            return self.loadTestsFromTestCase(obj)
        if (
            isinstance(obj, types.FunctionType)
            and isinstance(parent, type)
            and issubclass(parent, case.TestCase)
        ):
            last = name.split(".")[-1]
            instance = parent(last)
            # A static method is no test of an instance.
            if not isinstance(getattr(instance, last), types.FunctionType):
                return self.suiteClass([instance])
        elif isinstance(obj, suite.TestSuite):
            return obj
        if not callable(obj):
            raise TypeError("don't know how to make test from: %s" % obj)
        test = obj()
        if isinstance(test, suite.TestSuite):
            return test
        if isinstance(test, case.TestCase):
            return self.suiteClass([test])
        raise TypeError("calling %s returned %s, not a test" % (obj, test))

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        def is_test(name):
            if not name.startswith(self.testMethodPrefix):
                return False
            function = getattr(testCaseClass, name)
            if not callable(function):
                return False
            if self.testNamePatterns is None:
                return True
            from fnmatch import fnmatchcase

            full = f"{util.strclass(testCaseClass)}.{name}"
            return any(
                [fnmatchcase(full, pattern) for pattern in self.testNamePatterns]
            )

        names = [name for name in dir(testCaseClass) if is_test(name)]
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """The tests of all modules below a folder whose file names fit."""
        import os

        implicit = top_level_dir is None and self._top_level_dir is None
        top = start_dir if implicit else (top_level_dir or self._top_level_dir)
        top = os.path.abspath(top)
        if top not in sys.path:
            sys.path.insert(0, top)
        self._top_level_dir = top
        if os.path.isdir(os.path.abspath(start_dir)):
            start_dir = os.path.abspath(start_dir)
            is_importable = start_dir == top or os.path.isfile(os.path.join(start_dir, "__init__.py"))
        else:
            try:
                module = __import__(start_dir, None, None, ["*"])
            except ImportError:
                is_importable = False
            else:
                is_importable = True
                where = module.__file__
                start_dir = os.path.abspath(os.path.dirname(where))
                if implicit:
                    levels = module.__name__.count(".") + 1
                    for _ in range(levels):
                        where = os.path.dirname(where)
                    self._top_level_dir = os.path.abspath(where)
                    sys.path.remove(top)
                    sys.path.insert(0, self._top_level_dir)
        if not is_importable:
            raise ImportError("Start directory is not importable: %r" % start_dir)
        return self.suiteClass(list(self._find_tests(start_dir, pattern)))

    def _match_path(self, path, full_path, pattern):
        from fnmatch import fnmatch

        return fnmatch(path, pattern)

    def _get_name_from_path(self, path):
        import os

        path = os.path.splitext(os.path.normpath(path))[0]
        if path == self._top_level_dir:
            return "."
        return os.path.relpath(path, self._top_level_dir).replace(os.path.sep, ".")

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _find_tests(self, start_dir, pattern):
        import os

        name = self._get_name_from_path(start_dir)
        if name != "." and name not in self._loading_packages:
            tests, is_to_recurse = self._find_test_path(start_dir, pattern)
            if tests is not None:
                yield tests
            if not is_to_recurse:
                return
        for path in sorted(os.listdir(start_dir)):
            full = os.path.join(start_dir, path)
            tests, is_to_recurse = self._find_test_path(full, pattern)
            if tests is not None:
                yield tests
            if is_to_recurse:
                name = self._get_name_from_path(full)
                self._loading_packages.add(name)
                try:
                    yield from self._find_tests(full, pattern)
                finally:
                    self._loading_packages.discard(name)

    def _find_test_path(self, full, pattern):
        import os

        base = os.path.basename(full)
        if os.path.isfile(full):
            stem, ending = os.path.splitext(base)
            if ending != ".py" or not stem.isidentifier():
                return None, False
            if not self._match_path(base, full, pattern):
                return None, False
            name = self._get_name_from_path(full)
            module, tests = self._loaded(name)
            if module is None:
                return tests, False
            return self.loadTestsFromModule(module, pattern=pattern), False
        if not os.path.isdir(full) or not os.path.isfile(os.path.join(full, "__init__.py")):
            return None, False
        name = self._get_name_from_path(full)
        package, tests = self._loaded(name)
        if package is None:
            return tests, False
        load_tests = getattr(package, "load_tests", None)
        self._loading_packages.add(name)
        try:
            tests = self.loadTestsFromModule(package, pattern=pattern)
            return tests, load_tests is None
        finally:
            self._loading_packages.discard(name)

    def _loaded(self, name):
        """(module, None), or (None, what stands for its tests)."""
        try:
            return self._get_module_from_name(name), None
        except case.SkipTest as error:
            return None, _skipped(name, error, self.suiteClass)
        except Exception:
            failed, message = _failed_import(name, self.suiteClass)
            self.errors.append(message)
            return None, failed


def _is_tests(obj):
    return (
        isinstance(obj, type)
        and issubclass(obj, case.TestCase)
        and obj not in (case.TestCase, case.FunctionTestCase)
    )


defaultTestLoader = TestLoader()


def _loader(prefix, sortUsing, suiteClass=None, testNamePatterns=None):
    loader = TestLoader()
    loader.sortTestMethodsUsing = sortUsing
    loader.testMethodPrefix = prefix
    loader.testNamePatterns = testNamePatterns
    if suiteClass:
        loader.suiteClass = suiteClass
    return loader


def getTestCaseNames(
    testCaseClass, prefix, sortUsing=TestLoader.sortTestMethodsUsing, testNamePatterns=None
):
    loader = _loader(prefix, sortUsing, testNamePatterns=testNamePatterns)
    return loader.getTestCaseNames(testCaseClass)


def makeSuite(
    testCaseClass, prefix="test", sortUsing=TestLoader.sortTestMethodsUsing, suiteClass=suite.TestSuite
):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(
    module, prefix="test", sortUsing=TestLoader.sortTestMethodsUsing, suiteClass=suite.TestSuite
):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)
