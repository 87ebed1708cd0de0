/** The private modules of CPython that programs import by name, as views of the public ones. */
import type { PyModule } from "../objects/module.ts";
import ast from "./private/_ast.py" with { type: "file" };
import io from "./private/_io.py" with { type: "file" };
import md5 from "./private/_md5.py" with { type: "file" };
import operator from "./private/_operator.py" with { type: "file" };
import sha1 from "./private/_sha1.py" with { type: "file" };
import sha256 from "./private/_sha256.py" with { type: "file" };
import sha512 from "./private/_sha512.py" with { type: "file" };
import strptime from "./private/_strptime.py" with { type: "file" };
import thread from "./private/_thread.py" with { type: "file" };
import warnings from "./private/_warnings.py" with { type: "file" };
import weakref from "./private/_weakref.py" with { type: "file" };
import { written } from "./written.ts";

export const PRIVATE: Readonly<Record<string, (module: PyModule) => void>> = {
  _ast: written("_ast.py", ast),
  _io: written("_io.py", io),
  _md5: written("_md5.py", md5),
  _operator: written("_operator.py", operator),
  _sha1: written("_sha1.py", sha1),
  _sha256: written("_sha256.py", sha256),
  _sha512: written("_sha512.py", sha512),
  _strptime: written("_strptime.py", strptime),
  _thread: written("_thread.py", thread),
  _warnings: written("_warnings.py", warnings),
  _weakref: written("_weakref.py", weakref),
};
