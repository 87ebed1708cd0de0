/** The modules that are written in Python, by name. */
import type { PyModule } from "../objects/module.ts";
import argparse from "./argparse/__init__.py" with { type: "text" };
import argparseActions from "./argparse/_actions.py" with { type: "text" };
import argparseContainer from "./argparse/_container.py" with { type: "text" };
import argparseHelp from "./argparse/_help.py" with { type: "text" };
import argparseParser from "./argparse/_parser.py" with { type: "text" };
import importlib from "./importlib/__init__.py" with { type: "text" };
import importlibMachinery from "./importlib/machinery.py" with { type: "text" };
import importlibUtil from "./importlib/util.py" with { type: "text" };
import difflib from "./difflib.py" with { type: "text" };
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
import unittestResult from "./unittest/result.py" with { type: "text" };
import unittestRunner from "./unittest/runner.py" with { type: "text" };
import unittestSuite from "./unittest/suite.py" with { type: "text" };
import unittestUtil from "./unittest/util.py" with { type: "text" };
import { written } from "./written.ts";

export const WRITTEN: Readonly<Record<string, (module: PyModule) => void>> = {
  importlib: written("importlib/__init__.py", importlib),
  "importlib.machinery": written("importlib/machinery.py", importlibMachinery),
  "importlib.util": written("importlib/util.py", importlibUtil),
  argparse: written("argparse/__init__.py", argparse),
  "argparse._actions": written("argparse/_actions.py", argparseActions),
  "argparse._container": written("argparse/_container.py", argparseContainer),
  "argparse._help": written("argparse/_help.py", argparseHelp),
  "argparse._parser": written("argparse/_parser.py", argparseParser),
  difflib: written("difflib.py", difflib),
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
  "unittest.result": written("unittest/result.py", unittestResult),
  "unittest.runner": written("unittest/runner.py", unittestRunner),
  "unittest.suite": written("unittest/suite.py", unittestSuite),
  "unittest.util": written("unittest/util.py", unittestUtil),
};
