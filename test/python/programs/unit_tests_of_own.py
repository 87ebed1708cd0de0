import io
import sys
import unittest


def slug(text):
    if not isinstance(text, str):
        raise TypeError("slug wants text")
    return "-".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


class SlugTest(unittest.TestCase):
    def setUp(self):
        self.cases = {"Hello, World": "hello-world", "  a  b ": "a-b"}

    def test_cases(self):
        for text, wanted in self.cases.items():
            with self.subTest(text=text):
                self.assertEqual(slug(text), wanted)

    def test_raises(self):
        with self.assertRaises(TypeError) as caught:
            slug(3)
        self.assertIn("wants", str(caught.exception))
        self.assertRaisesRegex(TypeError, "^slug", slug, None)

    def test_wrong(self):
        self.assertEqual(slug("A B"), "a_b")

    def test_broken(self):
        self.cases["missing"]

    @unittest.skip("later")
    def test_later(self):
        self.fail()

    @unittest.expectedFailure
    def test_expected(self):
        self.assertAlmostEqual(1.0, 1.1, places=3)


suite = unittest.defaultTestLoader.loadTestsFromTestCase(SlugTest)
result = unittest.TestResult()
suite.run(result)
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), len(result.expectedFailures), result.wasSuccessful())
print(result.failures[0][1].splitlines()[-4:], result.errors[0][1].splitlines()[-1], result.skipped[0][1])
