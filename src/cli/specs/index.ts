import type { CommandSpec } from "../../commands/command.ts";
import { AUTHORING } from "./authoring.ts";
import { PRACTICE } from "./practice.ts";
import { PYTHON } from "./python.ts";
import { TOOLS } from "./tools.ts";

/** Every command, in the order of the help. Each loads what it calls when it is called. */
export const SPECS: readonly CommandSpec[] = [...PRACTICE, ...AUTHORING, PYTHON, ...TOOLS];
