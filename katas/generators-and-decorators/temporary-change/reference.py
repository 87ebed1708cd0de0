from contextlib import contextmanager
#R
#R
@contextmanager
def changed(settings: dict, **values):
    """Within `with changed(settings, verbose=True):` the settings have the given values. At the
    end each of these keys has its old value again, or is gone if it was not there before, also
    when the block fails. Other keys are left alone. The `as` of the statement gets the settings.
    """
    before = {key: settings[key] for key in values if key in settings}
    settings.update(values)
    try:
        yield settings
    finally:
        for key in values:
            settings.pop(key, None)
        settings.update(before)
