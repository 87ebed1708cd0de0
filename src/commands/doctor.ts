import { EXIT } from "../errors.ts";
import { type DoctorReport, examine } from "../session/doctor.ts";
import { definitions, oneLine, wrap } from "../ui/layout.ts";
import type { Style } from "../ui/style.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";

/** The limits that decide what a kernel can do; `--json` has all. */
const LIMITS = [
  "maxBufferSize",
  "maxStorageBufferBindingSize",
  "maxComputeWorkgroupStorageSize",
  "maxComputeInvocationsPerWorkgroup",
  "maxComputeWorkgroupsPerDimension",
];

/** `kata doctor`: what this machine offers. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const report = await examine();
  if (args.has("json")) printJson(context, { schema: "kata.doctor/1", ...report });
  else {
    const columns = Math.min(context.stdout.columns, 100);
    context.stdout.write(doctorText(report, columns, context.style));
  }
  return EXIT.passed;
}

/** The report for a person. */
export function doctorText(report: DoctorReport, columns: number, style: Style): string {
  const { cache, webgpu, sandbox, missing } = report;
  const rows = (pairs: readonly (readonly [string, string])[]) =>
    definitions(
      pairs.map(([term, text]) => [style.dim(term), oneLine(text)] as const),
      columns,
    );
  const access = cache.writable ? "writable" : "read-only";
  const parts = [
    `${style.bold("kata")}\n${rows([
      ["version", `${report.version} on Bun ${report.bun}`],
      ["system", `${report.platform} ${report.arch}`],
      ["executable", report.executable],
      ["cache", `${cache.dir} (${access}; from ${cache.source})`],
      ["auto takes", report.device_auto],
    ])}`,
  ];
  for (const adapter of webgpu.adapters) {
    const title = `${adapter.available ? style.green("\u2713") : style.red("\u2717")} ${style.bold(`--device ${adapter.device}`)}`;
    const facts: [string, string][] = adapter.available
      ? [
          ["adapter", adapter.description || "unnamed"],
          [
            "vendor",
            [adapter.vendor, adapter.architecture].filter(Boolean).join(", ") || "unknown",
          ],
          ["features", [...adapter.features].toSorted().join(", ") || "none"],
          ...LIMITS.flatMap((name): [string, string][] => {
            const value = adapter.limits[name];
            return value === undefined ? [] : [[name, value.toLocaleString("en-US")]];
          }),
        ]
      : [["why not", adapter.reason ?? "not found"]];
    parts.push(`${title}\n${rows(facts)}`);
  }
  const walls = sandbox.map(({ name, holds, detail }): [string, string] => [
    name,
    `${holds ? "holds" : "missing"}${detail === "" ? "" : `: ${detail}`}`,
  ]);
  const stand = sandbox.every(({ holds }) => holds);
  const mark = stand ? style.green("\u2713") : style.red("\u2717");
  parts.push(`${mark} ${style.bold("sandbox")}\n${rows(walls)}`);
  if (missing.length > 0) {
    const lines = missing.map(({ what, why, fix }) => [
      `  ${style.yellow(oneLine(what))}`,
      wrap(oneLine(why), columns, 4),
      wrap(`${style.cyan("fix:")} ${oneLine(fix)}`, columns, 4),
    ]);
    parts.push(`${style.bold("Missing:")}\n${lines.flat().join("\n")}`);
  }
  return `${parts.join("\n\n")}\n`;
}
