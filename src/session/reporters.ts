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
import type { CreateReporter } from "../plugins/reporter.ts";

export interface BuiltInReporter {
  description: string;
  create: CreateReporter;
}

export const REPORTERS: Readonly<Record<string, BuiltInReporter>> = {
  pretty: { description: prettySpec.description, create: pretty },
  dots: { description: dotsSpec.description, create: dots },
  html: { description: htmlSpec.description, create: html },
  json: { description: jsonSpec.description, create: json },
  ndjson: { description: ndjsonSpec.description, create: ndjson },
  tap: { description: tapSpec.description, create: tap },
  tap13: { description: tap13Spec.description, create: tap13 },
  junit: { description: junitSpec.description, create: junit },
  "junit-dashboard": { description: junitDashboardSpec.description, create: junitDashboard },
  ctrf: { description: ctrfSpec.description, create: ctrf },
  github: { description: githubSpec.description, create: github },
  exercism: { description: exercismSpec.description, create: exercism },
};

/** @throws KataError with the nearest name when there is no such reporter */
export function findReporter(name: string): CreateReporter {
  const found = Object.hasOwn(REPORTERS, name) ? REPORTERS[name] : undefined;
  if (found !== undefined) return found.create;
  const names = Object.keys(REPORTERS);
  const near = nearest(name, names);
  throw new KataError("reporter-not-found", `Reporter not found: ${name}`, {
    hint: `${near === undefined ? "" : `Did you mean "${near}"? `}Built-in reporters: ${names.join(", ")}`,
  });
}
