import { describe, expect, test } from "bun:test";
import { ChannelReader, lineIndex, sealer } from "../../src/events/channel.ts";

const CLOSED = JSON.stringify({ type: "closed" });
const secret = new Uint8Array(32).fill(7);
const seal = sealer(secret);

describe("ChannelReader", () => {
  test("reads the writer's lines in order", () => {
    const reader = new ChannelReader(secret);
    for (let seq = 0; seq < 3; seq++) {
      expect(reader.read(seal(4, seq, CLOSED))).toEqual({ type: "closed" });
    }
    expect(lineIndex(seal(4, 0, CLOSED))).toBe(4);
  });

  test("takes no line that is forged, changed, repeated, or out of order", () => {
    const reader = new ChannelReader(secret);
    const first = seal(0, 0, CLOSED);
    expect(reader.read(sealer(new Uint8Array(32).fill(8))(0, 0, CLOSED))).toBeUndefined();
    expect(reader.read(first.replace("closed", "opened"))).toBeUndefined();
    expect(reader.read(seal(0, 1, CLOSED))).toBeUndefined();
    for (const junk of [
      "",
      "0 0",
      "0 0 zz {}",
      "\u0000",
      `0 0 ${"0".repeat(64)} ${CLOSED}`,
      "x".repeat(10_000),
    ]) {
      expect(reader.read(junk)).toBeUndefined();
    }
    expect(reader.read(first)).toEqual({ type: "closed" });
    expect(reader.read(first)).toBeUndefined();
  });
});
