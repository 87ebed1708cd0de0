/** The modules that are written in Python, by name. */
import type { PyModule } from "../objects/module.ts";
import argparse from "./argparse/__init__.py" with { type: "file" };
import argparseActions from "./argparse/_actions.py" with { type: "file" };
import argparseContainer from "./argparse/_container.py" with { type: "file" };
import argparseHelp from "./argparse/_help.py" with { type: "file" };
import argparseParser from "./argparse/_parser.py" with { type: "file" };
import ast from "./ast/__init__.py" with { type: "file" };
import gc from "./gc.py" with { type: "file" };
import platform from "./platform.py" with { type: "file" };
import graphlib from "./graphlib.py" with { type: "file" };
import queue from "./queue.py" with { type: "file" };
import reprlib from "./reprlib.py" with { type: "file" };
import importlib from "./importlib/__init__.py" with { type: "file" };
import importlibMachinery from "./importlib/machinery.py" with { type: "file" };
import importlibUtil from "./importlib/util.py" with { type: "file" };
import difflib from "./difflib.py" with { type: "file" };
import fnmatch from "./fnmatch.py" with { type: "file" };
import glob from "./glob.py" with { type: "file" };
import io from "./io.py" with { type: "file" };
import os from "./os.py" with { type: "file" };
import pathlib from "./pathlib.py" with { type: "file" };
import posixpath from "./posixpath.py" with { type: "file" };
import shutil from "./shutil.py" with { type: "file" };
import tempfile from "./tempfile.py" with { type: "file" };
import inspect from "./inspect/__init__.py" with { type: "file" };
import inspectSignatures from "./inspect/_signatures.py" with { type: "file" };
import inspectSources from "./inspect/_sources.py" with { type: "file" };
import calendar from "./calendar.py" with { type: "file" };
import numbers from "./numbers.py" with { type: "file" };
import statistics from "./statistics.py" with { type: "file" };
import zoneinfo from "./zoneinfo.py" with { type: "file" };
import unittest from "./unittest/__init__.py" with { type: "file" };
import unittestProgram from "./unittest/__main__.py" with { type: "file" };
import unittestAsserts from "./unittest/_asserts.py" with { type: "file" };
import unittestContexts from "./unittest/_contexts.py" with { type: "file" };
import unittestLog from "./unittest/_log.py" with { type: "file" };
import unittestReport from "./unittest/_report.py" with { type: "file" };
import unittestAsyncCase from "./unittest/async_case.py" with { type: "file" };
import unittestCase from "./unittest/case.py" with { type: "file" };
import unittestLoader from "./unittest/loader.py" with { type: "file" };
import unittestMain from "./unittest/main.py" with { type: "file" };
import unittestPatch from "./unittest/_patch.py" with { type: "file" };
import unittestSpec from "./unittest/_spec.py" with { type: "file" };
import unittestMock from "./unittest/mock.py" with { type: "file" };
import unittestResult from "./unittest/result.py" with { type: "file" };
import unittestRunner from "./unittest/runner.py" with { type: "file" };
import unittestSuite from "./unittest/suite.py" with { type: "file" };
import unittestUtil from "./unittest/util.py" with { type: "file" };
import weakref from "./weakref.py" with { type: "file" };
import codecs from "./codecs.py" with { type: "file" };
import csv from "./csv.py" with { type: "file" };
import hmac from "./hmac.py" with { type: "file" };
import pprint from "./pprint.py" with { type: "file" };
import secrets from "./secrets.py" with { type: "file" };
import shlex from "./shlex.py" with { type: "file" };
import string from "./string.py" with { type: "file" };
import textwrap from "./textwrap.py" with { type: "file" };
import uuid from "./uuid.py" with { type: "file" };
import reScanner from "./re/scanner.py" with { type: "file" };
import urllib from "./urllib/__init__.py" with { type: "file" };
import urllibParse from "./urllib/parse.py" with { type: "file" };
import doctest from "./doctest.py" with { type: "file" };
import errno from "./errno.py" with { type: "file" };
import pickle from "./pickle/__init__.py" with { type: "file" };
import pickleFormat from "./pickle/_format.py" with { type: "file" };
import pickleRead from "./pickle/_read.py" with { type: "file" };
import pickleWrite from "./pickle/_write.py" with { type: "file" };
import keyword from "./keyword.py" with { type: "file" };
import colorsys from "./colorsys.py" with { type: "file" };
import stat from "./stat.py" with { type: "file" };
import locale from "./locale.py" with { type: "file" };
import sched from "./sched.py" with { type: "file" };
import getopt from "./getopt.py" with { type: "file" };
import genericpath from "./genericpath.py" with { type: "file" };
import timeit from "./timeit.py" with { type: "file" };
import signal from "./signal.py" with { type: "file" };
import atexit from "./atexit.py" with { type: "file" };
import htmlParser from "./html/parser.py" with { type: "file" };
import importlibAbc from "./importlib/abc.py" with { type: "file" };
import enumMore from "./enum/more.py" with { type: "file" };
import concurrent from "./concurrent/__init__.py" with { type: "file" };
import concurrentFutures from "./concurrent/futures.py" with { type: "file" };
import { written } from "./written.ts";

export const WRITTEN: Readonly<Record<string, (module: PyModule) => void>> = {
  ast: written("ast/__init__.py", ast),
  doctest: written("doctest.py", doctest),
  errno: written("errno.py", errno),
  gc: written("gc.py", gc),
  pickle: written("pickle/__init__.py", pickle),
  "pickle._format": written("pickle/_format.py", pickleFormat),
  "pickle._read": written("pickle/_read.py", pickleRead),
  "pickle._write": written("pickle/_write.py", pickleWrite),
  platform: written("platform.py", platform),
  graphlib: written("graphlib.py", graphlib),
  queue: written("queue.py", queue),
  reprlib: written("reprlib.py", reprlib),
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
  "unittest._patch": written("unittest/_patch.py", unittestPatch),
  "unittest._spec": written("unittest/_spec.py", unittestSpec),
  "unittest.mock": written("unittest/mock.py", unittestMock),
  "unittest.result": written("unittest/result.py", unittestResult),
  "unittest.runner": written("unittest/runner.py", unittestRunner),
  "unittest.suite": written("unittest/suite.py", unittestSuite),
  "unittest.util": written("unittest/util.py", unittestUtil),
  keyword: written("keyword.py", keyword),
  colorsys: written("colorsys.py", colorsys),
  stat: written("stat.py", stat),
  locale: written("locale.py", locale),
  sched: written("sched.py", sched),
  getopt: written("getopt.py", getopt),
  genericpath: written("genericpath.py", genericpath),
  timeit: written("timeit.py", timeit),
  signal: written("signal.py", signal),
  atexit: written("atexit.py", atexit),
  "html.parser": written("html/parser.py", htmlParser),
  "importlib.abc": written("importlib/abc.py", importlibAbc),
  _enum_more: written("enum/more.py", enumMore),
  concurrent: written("concurrent/__init__.py", concurrent),
  "concurrent.futures": written("concurrent/futures.py", concurrentFutures),
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
