/** pytest's modules, by their names: the Python of this folder. */
import type { Natives } from "../../python/run.ts";
import { written } from "../../python/library/written.ts";
import { fillNative } from "./native.ts";
import api from "./api.py" with { type: "file" };
import builtinFixtures from "./builtin_fixtures.py" with { type: "file" };
import collect from "./collect.py" with { type: "file" };
import compare from "./compare.py" with { type: "file" };
import config from "./config.py" with { type: "file" };
import definitions from "./definitions.py" with { type: "file" };
import explain from "./explain.py" with { type: "file" };
import fixtures from "./fixtures.py" with { type: "file" };
import functions from "./functions.py" with { type: "file" };
import items from "./items.py" with { type: "file" };
import manager from "./manager.py" with { type: "file" };
import marks from "./marks.py" with { type: "file" };
import nodes from "./nodes.py" with { type: "file" };
import order from "./order.py" with { type: "file" };
import outcomes from "./outcomes.py" with { type: "file" };
import outline from "./outline.py" with { type: "file" };
import param from "./param.py" with { type: "file" };
import parametrize from "./parametrize.py" with { type: "file" };
import pretty from "./pretty.py" with { type: "file" };
import approx from "./approx.py" with { type: "file" };
import capture from "./capture.py" with { type: "file" };
import cases from "./cases.py" with { type: "file" };
import excinfo from "./excinfo.py" with { type: "file" };
import logs from "./logs.py" with { type: "file" };
import monkeypatch from "./monkeypatch.py" with { type: "file" };
import raises from "./raises.py" with { type: "file" };
import raisesGroup from "./raises_group.py" with { type: "file" };
import recwarn from "./recwarn.py" with { type: "file" };
import tmpPath from "./tmp_path.py" with { type: "file" };
import shorten from "./shorten.py" with { type: "file" };

const own = (name: string, path: string): Natives => ({
  [`_pytest.${name}`]: written(`_pytest/${name}.py`, path),
});

export const pytestModules: Natives = {
  pytest: written("pytest/__init__.py", api),
  _pytest: () => {},
  "_pytest.native": fillNative,
  ...own("builtin_fixtures", builtinFixtures),
  ...own("collect", collect),
  ...own("compare", compare),
  ...own("config", config),
  ...own("definitions", definitions),
  ...own("explain", explain),
  ...own("fixtures", fixtures),
  ...own("functions", functions),
  ...own("items", items),
  ...own("manager", manager),
  ...own("marks", marks),
  ...own("nodes", nodes),
  ...own("order", order),
  ...own("outcomes", outcomes),
  ...own("outline", outline),
  ...own("param", param),
  ...own("parametrize", parametrize),
  ...own("pretty", pretty),
  ...own("approx", approx),
  ...own("capture", capture),
  ...own("cases", cases),
  ...own("excinfo", excinfo),
  ...own("logging", logs),
  ...own("monkeypatch", monkeypatch),
  ...own("raises", raises),
  ...own("raises_group", raisesGroup),
  ...own("recwarn", recwarn),
  ...own("tmp_path", tmpPath),
  ...own("shorten", shorten),
};
