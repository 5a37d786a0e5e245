import { describe, expect, it } from "vitest";
import { Io } from "../../src/cli/io.ts";
import { fakeHost } from "./fake-host.ts";

describe("standard output", () => {
  it.each([65_535, 65_536, 131_071])("has characters of two units whole, also at %i", async (at) => {
    const host = fakeHost({ cwd: ".", isTTY: false });
    const text = `${"a".repeat(at)}😀${"b".repeat(70_000)}😀`;
    await new Io(host, { color: true, output: undefined }).writeOut(text);
    expect(host.out()).toBe(text);
  });

  it.each([
    { columns: 0, width: 80 },
    { columns: 60, width: 60 },
    { columns: 300, width: 100 },
  ])("is $width wide on a terminal of $columns columns", ({ columns, width }) => {
    const io = new Io(fakeHost({ cwd: ".", columns }), { color: true, output: undefined });
    expect(io.width).toBe(width);
  });
});
