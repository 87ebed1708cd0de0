import unittest

HOST = "localhost"
HOSTv4 = "127.0.0.1"
HOSTv6 = "::1"
IPV6_ENABLED = False
has_gethostname = False


def find_unused_port(*args):
    raise unittest.SkipTest("needs sockets")


bind_port = find_unused_port


def skip_unless_bind_unix_socket(test):
    return unittest.skip("needs sockets")(test)
