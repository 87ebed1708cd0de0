import pytest
from user_kata import Lazy


class Text:
    def __init__(self, content):
        self.content = content
        self.calls = []

    @Lazy
    def words(self):
        """The words of the text."""
        self.calls.append("words")
        return self.content.split()

    @Lazy
    def longest(self):
        self.calls.append("longest")
        return max(self.words, key=len)


def test_it_is_read_like_an_attribute():
    assert Text("to be or not").words == ["to", "be", "or", "not"]


def test_it_is_computed_once():
    text = Text("a b")
    assert text.words is text.words
    assert text.calls == ["words"]


def test_it_is_not_computed_before_it_is_needed():
    text = Text("a b")
    assert text.calls == []
    assert text.words == ["a", "b"]


def test_one_may_use_another():
    text = Text("a longer b")
    assert text.longest == "longer"
    assert text.words == ["a", "longer", "b"]
    assert text.calls == ["longest", "words"]


def test_instances_have_values_of_their_own():
    one, other = Text("one"), Text("other")
    assert (one.words, other.words) == (["one"], ["other"])
    assert (one.calls, other.calls) == (["words"], ["words"])


def test_the_value_lies_in_the_instance_under_its_own_name():
    text = Text("x")
    assert "words" not in text.__dict__
    assert text.words == ["x"]
    assert text.__dict__["words"] == ["x"]


def test_deleting_forgets():
    text = Text("a")
    assert text.words == ["a"]
    text.content = "b c"
    assert text.words == ["a"]
    del text.words
    assert text.words == ["b", "c"]
    assert text.calls == ["words", "words"]


def test_it_can_be_overwritten_before_and_after():
    text = Text("a")
    text.words = ["mine"]
    assert (text.words, text.calls) == (["mine"], [])
    assert text.longest == "mine"
    text.longest = None
    assert text.longest is None


@pytest.mark.parametrize("value", [None, 0, False, ""])
def test_an_empty_value_is_remembered_too(value):
    calls = []

    class Holder:
        @Lazy
        def thing(self):
            calls.append(1)
            return value

    holder = Holder()
    assert holder.thing is value
    assert holder.thing is value
    assert len(calls) == 1


def test_an_error_is_not_remembered():
    class Flaky:
        tries = 0

        @Lazy
        def value(self):
            self.tries += 1
            if self.tries == 1:
                raise OSError("not yet")
            return self.tries

    flaky = Flaky()
    with pytest.raises(OSError):
        flaky.value
    assert flaky.value == 2


def test_the_class_has_the_descriptor_with_the_methods_docstring():
    assert isinstance(Text.words, Lazy)
    assert Text.words.__doc__ == "The words of the text."
    assert Text.longest.__doc__ is None
