/** The modules that are written in Python, by name. */
import type { PyModule } from "../objects/module.ts";
import argparse from "./argparse/__init__.py" with { type: "text" };
import argparseActions from "./argparse/_actions.py" with { type: "text" };
import argparseContainer from "./argparse/_container.py" with { type: "text" };
import argparseHelp from "./argparse/_help.py" with { type: "text" };
import argparseParser from "./argparse/_parser.py" with { type: "text" };
import ast from "./ast/__init__.py" with { type: "text" };
import gc from "./gc.py" with { type: "text" };
import errno from "./errno.py" with { type: "text" };
import pickle from "./pickle/__init__.py" with { type: "text" };
import pickleFormat from "./pickle/_format.py" with { type: "text" };
import pickleRead from "./pickle/_read.py" with { type: "text" };
import pickleWrite from "./pickle/_write.py" with { type: "text" };
import platform from "./platform.py" with { type: "text" };
import importlib from "./importlib/__init__.py" with { type: "text" };
import importlibMachinery from "./importlib/machinery.py" with { type: "text" };
import importlibUtil from "./importlib/util.py" with { type: "text" };
import difflib from "./difflib.py" with { type: "text" };
import fnmatch from "./fnmatch.py" with { type: "text" };
import glob from "./glob.py" with { type: "text" };
import io from "./io.py" with { type: "text" };
import os from "./os.py" with { type: "text" };
import pathlib from "./pathlib.py" with { type: "text" };
import posixpath from "./posixpath.py" with { type: "text" };
import shutil from "./shutil.py" with { type: "text" };
import tempfile from "./tempfile.py" with { type: "text" };
import inspect from "./inspect/__init__.py" with { type: "text" };
import inspectSignatures from "./inspect/_signatures.py" with { type: "text" };
import inspectSources from "./inspect/_sources.py" with { type: "text" };
import calendar from "./calendar.py" with { type: "text" };
import numbers from "./numbers.py" with { type: "text" };
import statistics from "./statistics.py" with { type: "text" };
import zoneinfo from "./zoneinfo.py" with { type: "text" };
import unittest from "./unittest/__init__.py" with { type: "text" };
import unittestProgram from "./unittest/__main__.py" with { type: "text" };
import unittestAsserts from "./unittest/_asserts.py" with { type: "text" };
import unittestContexts from "./unittest/_contexts.py" with { type: "text" };
import unittestLog from "./unittest/_log.py" with { type: "text" };
import unittestReport from "./unittest/_report.py" with { type: "text" };
import unittestAsyncCase from "./unittest/async_case.py" with { type: "text" };
import unittestCase from "./unittest/case.py" with { type: "text" };
import unittestLoader from "./unittest/loader.py" with { type: "text" };
import unittestMain from "./unittest/main.py" with { type: "text" };
import unittestMock from "./unittest/mock.py" with { type: "text" };
import unittestResult from "./unittest/result.py" with { type: "text" };
import unittestRunner from "./unittest/runner.py" with { type: "text" };
import unittestSuite from "./unittest/suite.py" with { type: "text" };
import unittestUtil from "./unittest/util.py" with { type: "text" };
import weakref from "./weakref.py" with { type: "text" };
import codecs from "./codecs.py" with { type: "text" };
import csv from "./csv.py" with { type: "text" };
import hmac from "./hmac.py" with { type: "text" };
import pprint from "./pprint.py" with { type: "text" };
import secrets from "./secrets.py" with { type: "text" };
import shlex from "./shlex.py" with { type: "text" };
import string from "./string.py" with { type: "text" };
import textwrap from "./textwrap.py" with { type: "text" };
import uuid from "./uuid.py" with { type: "text" };
import reScanner from "./re/scanner.py" with { type: "text" };
import urllib from "./urllib/__init__.py" with { type: "text" };
import urllibParse from "./urllib/parse.py" with { type: "text" };
import { written } from "./written.ts";

export const WRITTEN: Readonly<Record<string, (module: PyModule) => void>> = {
  ast: written("ast/__init__.py", ast),
  gc: written("gc.py", gc),
  errno: written("errno.py", errno),
  pickle: written("pickle/__init__.py", pickle),
  "pickle._format": written("pickle/_format.py", pickleFormat),
  "pickle._read": written("pickle/_read.py", pickleRead),
  "pickle._write": written("pickle/_write.py", pickleWrite),
  platform: written("platform.py", platform),
  importlib: written("importlib/__init__.py", importlib),
  "importlib.machinery": written("importlib/machinery.py", importlibMachinery),
  "importlib.util": written("importlib/util.py", importlibUtil),
  argparse: written("argparse/__init__.py", argparse),
  "argparse._actions": written("argparse/_actions.py", argparseActions),
  "argparse._container": written("argparse/_container.py", argparseContainer),
  "argparse._help": written("argparse/_help.py", argparseHelp),
  "argparse._parser": written("argparse/_parser.py", argparseParser),
  difflib: written("difflib.py", difflib),
  fnmatch: written("fnmatch.py", fnmatch),
  glob: written("glob.py", glob),
  io: written("io.py", io),
  os: written("os.py", os),
  pathlib: written("pathlib.py", pathlib),
  posixpath: written("posixpath.py", posixpath),
  shutil: written("shutil.py", shutil),
  tempfile: written("tempfile.py", tempfile),
  inspect: written("inspect/__init__.py", inspect),
  "inspect._signatures": written("inspect/_signatures.py", inspectSignatures),
  "inspect._sources": written("inspect/_sources.py", inspectSources),
  calendar: written("calendar.py", calendar),
  numbers: written("numbers.py", numbers),
  statistics: written("statistics.py", statistics),
  zoneinfo: written("zoneinfo.py", zoneinfo),
  unittest: written("unittest/__init__.py", unittest),
  "unittest.__main__": written("unittest/__main__.py", unittestProgram),
  "unittest._asserts": written("unittest/_asserts.py", unittestAsserts),
  "unittest._contexts": written("unittest/_contexts.py", unittestContexts),
  "unittest._log": written("unittest/_log.py", unittestLog),
  "unittest._report": written("unittest/_report.py", unittestReport),
  "unittest.async_case": written("unittest/async_case.py", unittestAsyncCase),
  "unittest.case": written("unittest/case.py", unittestCase),
  "unittest.loader": written("unittest/loader.py", unittestLoader),
  "unittest.main": written("unittest/main.py", unittestMain),
  "unittest.mock": written("unittest/mock.py", unittestMock),
  "unittest.result": written("unittest/result.py", unittestResult),
  "unittest.runner": written("unittest/runner.py", unittestRunner),
  "unittest.suite": written("unittest/suite.py", unittestSuite),
  "unittest.util": written("unittest/util.py", unittestUtil),
  weakref: written("weakref.py", weakref),
  codecs: written("codecs.py", codecs),
  csv: written("csv.py", csv),
  hmac: written("hmac.py", hmac),
  pprint: written("pprint.py", pprint),
  secrets: written("secrets.py", secrets),
  shlex: written("shlex.py", shlex),
  string: written("string.py", string),
  textwrap: written("textwrap.py", textwrap),
  uuid: written("uuid.py", uuid),
  "re._scanner": written("re/_scanner.py", reScanner),
  urllib: written("urllib/__init__.py", urllib),
  "urllib.parse": written("urllib/parse.py", urllibParse),
};
