/** What is wrong with a kata's manifest, folder or template, and where. */
export interface Problem {
  /** `error`: the kata cannot be used as it stands. `warning`: it can. */
  severity: "error" | "warning";
  /** The file or folder that the problem is in. */
  file: string;
  /** 1-based; 0 when the file or folder as a whole is meant. */
  line: number;
  /** 1-based, in UTF-16 code units; 0 when the file or folder as a whole is meant. */
  column: number;
  message: string;
  /** What would have been right. */
  expected?: string;
  /** What to write, or what to do. */
  hint?: string;
}

/** True when one of the problems is an error. */
export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === "error");
}
