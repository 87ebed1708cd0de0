import { describe, expect, test } from "bun:test";
import { ciOptions, shardFromEnvironment } from "../../src/session/ci.ts";

describe("shardFromEnvironment()", () => {
  test.each<[string, Record<string, string>, [number, number] | undefined]>([
    ["nothing is said", { CI: "1", CI_NODE_TOTAL: "1", KATA_SHARD_TOTAL: "3" }, undefined],
    ["a variable is empty", { KATA_SHARD_INDEX: "", CI_NODE_INDEX: "" }, undefined],
    ["GitHub's matrix is handed on", { KATA_SHARD_INDEX: "0", KATA_SHARD_TOTAL: "3" }, [1, 3]],
    ["it is the last of the matrix", { KATA_SHARD_INDEX: "2", KATA_SHARD_TOTAL: "3" }, [3, 3]],
    ["it runs on GitLab", { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "4" }, [2, 4]],
    ["GitLab runs one", { CI_NODE_INDEX: "1", CI_NODE_TOTAL: "1" }, undefined],
    ["it runs on Kubernetes", { JOB_COMPLETION_INDEX: "3", KATA_SHARD_TOTAL: "4" }, [4, 4]],
    ["Kubernetes says no total", { JOB_COMPLETION_INDEX: "3" }, undefined],
    ["a Slurm array counts from 0", slurm(0, 0, 3, 4), [1, 4]],
    ["a Slurm array counts from 1", slurm(4, 1, 4, 4), [4, 4]],
    ["a Slurm array has steps", slurm(5, 1, 7, 4), [3, 4]],
    ["a Slurm array has one task", slurm(7, 7, 7, 1), undefined],
    [
      "its own variables stand before others",
      { ...slurm(1, 1, 2, 2), CI_NODE_INDEX: "3", CI_NODE_TOTAL: "5" },
      [3, 5],
    ],
  ])("is right when %s", (_, env, expected) => {
    const found = shardFromEnvironment(env);
    expect(found === undefined ? undefined : [found.index, found.total]).toEqual(expected);
  });

  test.each<[string, Record<string, string>, string]>([
    ["no total", { KATA_SHARD_INDEX: "0" }, "KATA_SHARD_INDEX=0"],
    ["a word", { CI_NODE_INDEX: "one", CI_NODE_TOTAL: "2" }, "CI_NODE_INDEX=one"],
    ["more than there are", { CI_NODE_INDEX: "3", CI_NODE_TOTAL: "2" }, "it is none of 2"],
    ["a list of Slurm's", slurm(3, 1, 7, 3), "SLURM_ARRAY_TASK_ID=3"],
    ["a fraction", { KATA_SHARD_INDEX: "0.5", KATA_SHARD_TOTAL: "2" }, "KATA_SHARD_INDEX=0.5"],
  ])("is an error that names the variable when it holds %s", (_, env, message) => {
    expect(() => shardFromEnvironment(env)).toThrow(message);
  });
});

describe("ciOptions()", () => {
  test.each<[Record<string, string>, string, object]>([
    [{}, "/w", { options: {} }],
    [{ GITHUB_WORKSPACE: "/w" }, "/w/sub/dir", { options: { prefix: "sub/dir/" } }],
    [{ GITHUB_WORKSPACE: "/w" }, "/elsewhere", { options: {} }],
    [{ GITHUB_STEP_SUMMARY: "/t/s.md" }, "/w", { options: { summary: "s.md" }, folder: "/t" }],
  ])("of github in %p and %s", (env, cwd, expected) => {
    expect(ciOptions("github", env, cwd)).toEqual(expected);
    expect(ciOptions("json", env, cwd)).toEqual({});
  });
});

function slurm(id: number, least: number, most: number, count: number): Record<string, string> {
  return {
    SLURM_ARRAY_TASK_ID: String(id),
    SLURM_ARRAY_TASK_MIN: String(least),
    SLURM_ARRAY_TASK_MAX: String(most),
    SLURM_ARRAY_TASK_COUNT: String(count),
    SLURM_ARRAY_TASK_STEP: "1",
  };
}
