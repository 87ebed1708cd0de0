/** The built-in reporters: a literal table, so that the bundler sees each of them. */
import { createReporter as ctrf, spec as ctrfSpec } from "../../reporters/ctrf/index.ts";
import { createReporter as dots, spec as dotsSpec } from "../../reporters/dots/index.ts";
import {
  createReporter as exercism,
  spec as exercismSpec,
} from "../../reporters/exercism/index.ts";
import { createReporter as github, spec as githubSpec } from "../../reporters/github/index.ts";
import { createReporter as html, spec as htmlSpec } from "../../reporters/html/index.ts";
import { createReporter as json, spec as jsonSpec } from "../../reporters/json/index.ts";
import { createReporter as junit, spec as junitSpec } from "../../reporters/junit/index.ts";
import {
  createReporter as junitDashboard,
  spec as junitDashboardSpec,
} from "../../reporters/junit-dashboard/index.ts";
import { createReporter as ndjson, spec as ndjsonSpec } from "../../reporters/ndjson/index.ts";
import { createReporter as pretty, spec as prettySpec } from "../../reporters/pretty/index.ts";
import { createReporter as tap, spec as tapSpec } from "../../reporters/tap/index.ts";
import { createReporter as tap13, spec as tap13Spec } from "../../reporters/tap13/index.ts";
import { nearest } from "../catalog/nearest.ts";
import { KataError } from "../errors.ts";
import type { PluginModule } from "../plugins/guest.ts";
import type { HostReporter } from "../plugins/host.ts";
import type { ReporterArgument } from "../plugins/reporter-argument.ts";
import type { CreateReporter, ReporterSpec } from "../plugins/reporter.ts";
import { requireWalls } from "../sandbox/layers.ts";
import { outputsOf, refuseInputs } from "./inputs.ts";
import type { ReportRequest } from "./request.ts";

export interface BuiltInReporter {
  spec: ReporterSpec;
  create: CreateReporter;
}

export const REPORTERS: Readonly<Record<string, BuiltInReporter>> = {
  pretty: { spec: prettySpec, create: pretty },
  dots: { spec: dotsSpec, create: dots },
  html: { spec: htmlSpec, create: html },
  json: { spec: jsonSpec, create: json },
  ndjson: { spec: ndjsonSpec, create: ndjson },
  tap: { spec: tapSpec, create: tap },
  tap13: { spec: tap13Spec, create: tap13 },
  junit: { spec: junitSpec, create: junit },
  "junit-dashboard": { spec: junitDashboardSpec, create: junitDashboard },
  ctrf: { spec: ctrfSpec, create: ctrf },
  github: { spec: githubSpec, create: github },
  exercism: { spec: exercismSpec, create: exercism },
};

/** A reporter that was found, and where it writes; absent: stdout. */
export interface FoundReporter extends ReporterArgument {
  reporter: HostReporter["reporter"];
  /** The module of a third-party one, absolute. */
  module?: string;
}

/**
 * The reporters of a request, built-in ones and those of others; if none writes
 * to stdout, `pretty` does.
 *
 * @throws KataError when there is no such reporter, its module is to be overwritten, or
 * one of others cannot be confined here
 */
export async function findReporters(request: ReportRequest): Promise<FoundReporter[]> {
  const found: FoundReporter[] = [];
  for (const argument of withDefault(request.reporters)) {
    const builtIn = Object.hasOwn(REPORTERS, argument.name) ? REPORTERS[argument.name] : undefined;
    found.push(
      builtIn === undefined
        ? { ...argument, ...(await findForeign(argument.name, request)) }
        : { ...argument, reporter: builtIn.create },
    );
  }
  const modules = found.flatMap(({ module }) => (module === undefined ? [] : [module]));
  refuseInputs(outputsOf(request), modules, request.cwd);
  return found;
}

function withDefault(reporters: readonly ReporterArgument[]): readonly ReporterArgument[] {
  const taken = reporters.some(({ file }) => file === undefined);
  return taken ? reporters : [{ name: "pretty" }, ...reporters];
}

async function findForeign(
  name: string,
  { cwd, unconfined }: ReportRequest,
): Promise<{ reporter: HostReporter["reporter"]; module: string }> {
  // Loaded only here: most runs have no plugins.
  const [{ isPath, locatePlugin }, { guestOf }] = await Promise.all([
    import("../plugins/locate.ts"),
    import("../plugins/guest.ts"),
  ]);
  let module: PluginModule;
  try {
    module = locatePlugin(name, cwd);
  } catch (error) {
    if (!(error instanceof KataError)) throw error;
    const names = Object.keys(REPORTERS);
    const near = isPath(name) ? undefined : nearest(name, names);
    const meant = near === undefined ? "" : `Did you mean "${near}"? `;
    throw new KataError("reporter-not-found", `Reporter not found: ${name}`, {
      hint: `${meant}Built-in reporters: ${names.join(", ")}. ${error.message}`,
      cause: error,
    });
  }
  const walls = unconfined === true ? undefined : await requireWalls();
  return { reporter: { start: guestOf(module, "reporter", walls) }, module: module.path };
}
