"""What `weakref` has in C."""

from weakref import (CallableProxyType, ProxyType, ReferenceType, getweakrefcount, getweakrefs,
                     proxy, ref)
