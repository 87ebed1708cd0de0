import unittest

import pytest


class TestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = ["class"]

    def setUp(self):
        self.x = 1
        self.log.append("setUp")

    def tearDown(self):
        self.log.append("tearDown")

    def test_a(self):
        self.assertEqual(self.x, 1)
        self.assertEqual(self.log, ["class", "setUp"])

    def test_b(self):
        self.assertEqual(self.log, ["class", "setUp", "tearDown", "setUp"])

    def test_equal(self):
        self.assertEqual(1, 2)

    def test_message(self):
        self.assertEqual(1, 2, "not the same")

    def test_plain(self):
        assert self.x == 2

    def test_true(self):
        self.assertTrue(0)

    def test_in(self):
        self.assertIn(1, [2])

    def test_raises(self):
        with self.assertRaises(ValueError):
            pass

    def test_error(self):
        raise RuntimeError("boo")

    def test_list(self):
        self.assertEqual([1, 2], [1, 3])

    def test_dict(self):
        self.assertDictEqual({"a": 1}, {"a": 2})

    def test_text(self):
        self.assertEqual("a\nb", "a\nc")

    def test_almost(self):
        self.assertAlmostEqual(1.0, 1.1)

    @unittest.skip("skipped")
    def test_skip(self):
        pass

    @unittest.skipIf(True, "condition")
    def test_skip_if(self):
        pass

    def test_skip_inside(self):
        self.skipTest("inside")

    def test_skip_raise(self):
        raise unittest.SkipTest("raised")

    @unittest.expectedFailure
    def test_expected(self):
        self.assertEqual(1, 2)

    @unittest.expectedFailure
    def test_unexpected(self):
        pass

    @pytest.mark.skip(reason="pytest's mark")
    def test_marked(self):
        pass

    @pytest.mark.xfail(reason="pytest's mark")
    def test_marked_xfail(self):
        self.fail("x")

    def test_fail(self):
        self.fail("on purpose")

    def helper(self):
        pass


@unittest.skip("the class")
class TestSkipped(unittest.TestCase):
    def test_a(self):
        pass


class Broken(unittest.TestCase):
    def setUp(self):
        raise RuntimeError("setUp")

    def test_a(self):
        pass


class BrokenEnd(unittest.TestCase):
    def tearDown(self):
        raise RuntimeError("tearDown")

    def test_a(self):
        pass


class BrokenClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise RuntimeError("setUpClass")

    def test_a(self):
        pass


class WithFixture(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def prepare(self):
        self.prepared = 3

    def test_a(self):
        self.assertEqual(self.prepared, 3)


class Cleanups(unittest.TestCase):
    log = []

    def test_a(self):
        self.addCleanup(self.log.append, "cleaned")

    def test_b(self):
        self.assertEqual(self.log, ["cleaned"])


def test_function():
    pass


def test_skip_test():
    raise unittest.SkipTest("from a function")
