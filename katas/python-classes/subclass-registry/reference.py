class Format:
    """A file format. Subclasses announce themselves: `class Json(Format, suffix=".json")`."""

    known = {}  # from a suffix to its class

    def __init_subclass__(cls, suffix: str | None = None, **rest):
        """Registers a new subclass under its suffix; one without is not registered.
        ValueError when the suffix has a class already.
        """
        super().__init_subclass__(**rest)
        if suffix is None:
            return
        if suffix in Format.known:
            raise ValueError(f"{suffix} is {Format.known[suffix].__name__} already")
        Format.known[suffix] = cls
        cls.suffix = suffix

    def __init__(self, name: str):
        self.name = name

    @classmethod
    def for_file(cls, name: str) -> "Format":
        """An object of the class whose suffix the file's name ends with, in upper or lower case;
        the longest such suffix counts. LookupError when there is none.
        """
        fitting = [suffix for suffix in Format.known if name.lower().endswith(suffix)]
        if not fitting:
            raise LookupError(f"no format for {name}")
        return Format.known[max(fitting, key=len)](name)
