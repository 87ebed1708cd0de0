"""What a program may know of the machine: that it is none."""
import sys

_VERSION = '.'.join(map(str, sys.version_info[:3]))


def python_implementation():
    return 'kata'


def python_version():
    return _VERSION


def python_version_tuple():
    return tuple(_VERSION.split('.'))


def python_branch():
    return ''


def python_revision():
    return ''


def python_compiler():
    return ''


def python_build():
    return ('', '')


def system():
    return 'Linux' if sys.platform == 'linux' else sys.platform


def node():
    return ''


def release():
    return ''


def version():
    return ''


def machine():
    return ''


def processor():
    return ''


def architecture(executable='', bits='', linkage=''):
    return (bits or '64bit', linkage)


def platform(aliased=False, terse=False):
    return system()


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    """There is no C library."""
    return lib, version
