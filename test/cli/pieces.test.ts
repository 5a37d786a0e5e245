import { describe, expect, it } from "vitest";
import { Pieces } from "../../src/cli/pieces.ts";

describe("pieces", () => {
  it("are written in order, at once, and are all written in the end", async () => {
    const written: string[] = [];
    let isThere = false;
    const pieces = new Pieces(async (piece) => {
      written.push(piece);
      await new Promise((done) => setTimeout(done, 5));
      isThere = piece === "c";
    });
    for (const piece of ["a", "", "b", "c"]) pieces.push(piece);
    expect(written).toEqual(["a", "b", "c"]);
    await pieces.done();
    expect(isThere).toBe(true);
    expect(pieces.signal.aborted).toBe(false);
  });

  it("stop who makes them when one cannot be written", async () => {
    const reason = new Error("nobody reads");
    const pieces = new Pieces(() => Promise.reject(reason));
    pieces.push("a");
    await expect(pieces.done()).rejects.toBe(reason);
    expect(pieces.signal.reason).toBe(reason);
  });
});
