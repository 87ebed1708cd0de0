import pytest
from user_kata import Format


@pytest.fixture(autouse=True)
def _empty_register():
    before = dict(Format.known)
    Format.known.clear()
    yield
    Format.known.clear()
    Format.known.update(before)


def make(name, suffix=None, base=Format):
    keywords = {} if suffix is None else {"suffix": suffix}
    return type(base)(name, (base,), {}, **keywords)


def test_a_subclass_announces_itself():
    class Json(Format, suffix=".json"):
        pass

    assert Format.known == {".json": Json}
    assert Json.suffix == ".json"


def test_a_file_gets_an_object_of_its_class():
    json, csv = make("Json", ".json"), make("Csv", ".csv")
    found = Format.for_file("table.csv")
    assert type(found) is csv
    assert found.name == "table.csv"
    assert type(Format.for_file("a.b.json")) is json


def test_upper_case_is_no_other_format_and_the_name_stays_as_it_is():
    csv = make("Csv", ".csv")
    found = Format.for_file("TABLE.Csv")
    assert (type(found), found.name) == (csv, "TABLE.Csv")


@pytest.mark.parametrize("long, short", [(".tar.gz", ".gz"), (".a.zip", ".zip")])
def test_the_longest_suffix_counts(long, short):
    for order in [(short, long), (long, short)]:
        Format.known.clear()
        classes = {suffix: make("Packed", suffix) for suffix in order}
        assert type(Format.for_file("x" + long)) is classes[long]
        assert type(Format.for_file("x" + short)) is classes[short]


@pytest.mark.parametrize("name", ["x.txt", "json", "", "x.json.bak"])
def test_a_file_of_no_known_format_is_a_lookup_error(name):
    make("Json", ".json")
    with pytest.raises(LookupError):
        Format.for_file(name)


def test_a_class_without_a_suffix_is_not_registered_and_those_below_it_are():
    text = make("Text")
    assert Format.known == {}
    csv = make("Csv", ".csv", text)
    assert Format.known == {".csv": csv}
    assert isinstance(Format.for_file("a.csv"), text)


def test_two_classes_for_one_suffix_are_a_mistake():
    first = make("Json", ".json")
    with pytest.raises(ValueError, match="Json"):
        make("Other", ".json")
    assert Format.known == {".json": first}


def test_the_register_is_one_whichever_class_is_asked():
    text = make("Text")
    json = make("Json", ".json", text)
    assert type(text.for_file("a.json")) is json
    assert "known" not in vars(text)


def test_keywords_that_are_not_known_reach_the_next_class():
    class Loud:
        def __init_subclass__(cls, loud=False, **rest):
            super().__init_subclass__(**rest)
            cls.loud = loud

    class Wav(Format, Loud, suffix=".wav", loud=True):
        pass

    assert Wav.loud is True
    assert Format.known == {".wav": Wav}
