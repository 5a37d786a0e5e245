import { describe, expect, it } from "vitest";
import { type FileVersions, Settled } from "../../../src/cli/watch/settled.ts";

const files = (versions: Readonly<Record<string, string>>): FileVersions => new Map(Object.entries(versions));
const NOTHING = { changed: [], gone: [] };

describe("files that are looked at again and again", () => {
  it("are told of when they have changed, or are new, and stayed so for two looks; once", () => {
    const settled = new Settled(files({ a: "1", b: "1" }));
    expect(settled.look(files({ a: "1", b: "1" }))).toEqual(NOTHING);
    expect(settled.look(files({ a: "2", b: "1", c: "1" }))).toEqual(NOTHING);
    expect(settled.look(files({ a: "2", b: "1", c: "2" }))).toEqual({ changed: ["a"], gone: [] });
    expect(settled.look(files({ a: "2", b: "1", c: "2" }))).toEqual({ changed: ["c"], gone: [] });
    expect(settled.look(files({ a: "2", b: "1", c: "2" }))).toEqual(NOTHING);
  });

  it("are not told of while they are written, nor when they are as they were", () => {
    const settled = new Settled(files({ log: "1" }));
    for (const version of ["2", "3", "4", "1", "1"]) {
      expect(settled.look(files({ log: version }))).toEqual(NOTHING);
    }
  });

  it("are gone when two looks miss them, and not where an editor replaces them", () => {
    const settled = new Settled(files({ a: "1", b: "1" }));
    expect(settled.look(files({ b: "1" }))).toEqual(NOTHING);
    expect(settled.look(files({ a: "2", b: "1" }))).toEqual(NOTHING);
    expect(settled.look(files({ a: "2" }))).toEqual({ changed: ["a"], gone: [] });
    expect(settled.look(files({ a: "2" }))).toEqual({ changed: [], gone: ["b"] });
    expect(settled.look(files({}))).toEqual(NOTHING);
    expect(settled.look(files({}))).toEqual({ changed: [], gone: ["a"] });
    expect(settled.look(files({ b: "1" }))).toEqual(NOTHING);
    expect(settled.look(files({ b: "1" }))).toEqual({ changed: ["b"], gone: [] });
  });
});
