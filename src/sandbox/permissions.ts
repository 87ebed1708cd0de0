/** What a confined program may do beyond computing: nothing that is not named here. */
/** `"all"`, or the paths (absolute) or names that are granted. */
export type Grant = "all" | readonly string[];

export interface Permissions {
  /** Files, and folders with what is below them. */
  read: Grant;
  /** Includes reading them. */
  write: Grant;
  /** All or nothing: no system can keep a program to some hosts by its own means. */
  net: boolean;
  /** Variables of the environment, beyond those a program needs to start. */
  env: Grant;
  /** Starting other programs, behind the same walls. */
  run: boolean;
}

export interface Limits {
  /** Bytes of memory that the process may hold. */
  memory?: number;
  threads?: number;
  /** Seconds of processor time, of all threads together. */
  cpu?: number;
  /** Bytes that it may write to its parent. */
  output?: number;
}

export const NO_PERMISSIONS: Permissions = {
  read: [],
  write: [],
  net: false,
  env: [],
  run: false,
};

/** What a confined program gets when nobody says otherwise. */
export const DEFAULT_LIMITS: Limits = {
  memory: 2 * 2 ** 30,
  // An engine, its helpers and a driver have fewer than a hundred.
  threads: 512,
};

/** The permissions as a person would write them, for reports: `net`, `read=data`. */
export function permissionWords({ read, write, net, env, run }: Permissions): string[] {
  const words = (name: string, grant: Grant): string[] => {
    if (grant === "all") return [name];
    return grant.length === 0 ? [] : [`${name}=${grant.join(",")}`];
  };
  return [
    ...words("read", read),
    ...words("write", write),
    ...(net ? ["net"] : []),
    ...words("env", env),
    ...(run ? ["run"] : []),
  ];
}
