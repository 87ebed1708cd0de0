"""An exception as its traceback's text, without the frames of this package."""

_HERE = __file__.rpartition("_report")[0]
_CAUSE = "\nThe above exception was the direct cause of the following exception:\n\n"
_CONTEXT = "\nDuring handling of the above exception, another exception occurred:\n\n"


def _is_ours(frame):
    return frame.filename.startswith(_HERE)


def _frames(error, failure):
    import traceback

    frames = list(traceback.extract_tb(error.__traceback__))
    start = 0
    while start < len(frames) and _is_ours(frames[start]):
        start += 1
    end = len(frames)
    if failure is not None and isinstance(error, failure):
        # An assertion's own frames say nothing of the test.
        for at in range(start, end):
            if _is_ours(frames[at]):
                end = at
                break
    return frames[start:end]


def text_of(error, failure):
    import traceback

    chain = []
    seen = set()
    link = ""
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        lines = traceback.format_exception_only(type(error), error)
        frames = _frames(error, failure)
        if frames:
            lines = ["Traceback (most recent call last):\n"] + traceback.format_list(frames) + lines
        chain.append("".join(lines) + link)
        if error.__cause__ is not None:
            error, link = error.__cause__, _CAUSE
        elif error.__context__ is not None and not error.__suppress_context__:
            error, link = error.__context__, _CONTEXT
        else:
            error = None
    return "".join(reversed(chain))
