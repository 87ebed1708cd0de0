"""Folders for files of tests, in the memory of the run."""
import os
import re
from pathlib import Path


class TempPathFactory:
    """Makes folders that last as long as the run."""

    def __init__(self):
        self._base = None

    def getbasetemp(self):
        if self._base is None:
            self._base = Path('/tmp/pytest-of-kata/pytest-0')
            os.makedirs(self._base, exist_ok=True)
        return self._base

    def mktemp(self, basename, numbered=True):
        name = os.path.normpath(basename)
        base = self.getbasetemp()
        if os.path.isabs(name) or '/' in name or name in ('.', '..'):
            raise ValueError('{} is not a normalized and relative path'.format(name))
        if numbered:
            taken = set(os.listdir(base))
            number = 0
            while name + str(number) in taken:
                number += 1
            name += str(number)
        path = base / name
        path.mkdir()
        return path


def tmp_path_factory(request):
    return TempPathFactory()


def tmp_path(request, tmp_path_factory):
    return tmp_path_factory.mktemp(re.sub(r'[\W]', '_', request.node.name)[:30])
