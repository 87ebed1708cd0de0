"""`re.Scanner`: a text as the first pattern of a list that fits says, again and again."""
import re


class Scanner:
    """A lexicon of patterns, each with what becomes of what it matches."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self._entries = {}
        number = 1
        for at, (phrase, _) in enumerate(lexicon):
            self._entries[number] = at
            number += re.compile(phrase, flags).groups + 1
        self.scanner = re.compile("|".join(f"({phrase})" for phrase, _ in lexicon), flags)

    def scan(self, string):
        """The results in order, and the rest that no pattern fits."""
        result = []
        match = self.scanner.scanner(string).match
        at = 0
        while True:
            found = match()
            if not found or found.end() == at:
                break
            action = self.lexicon[self._entries[found.lastindex]][1]
            if callable(action):
                self.match = found
                action = action(self, found.group())
            if action is not None:
                result.append(action)
            at = found.end()
        return result, string[at:]
