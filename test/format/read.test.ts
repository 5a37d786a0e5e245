import { describe, expect, it } from "vitest";
import { bytes, count, counted, duration, parameters } from "../../src/format/quantity.ts";
import { planText, readText } from "../../src/format/read.ts";
import { PLAN, READ } from "./samples.ts";

describe("a read as text", () => {
  it("tells what was read, how fast, what was there and what is kept", () => {
    expect(readText(READ)).toBe(
      "read 44/44 pages, 12,345 tokens, 25 chunks (5 from the store) in 25 s (400 tokens/s); 2,345 tokens were in the store already\n" +
        "kept 284 MB in the KV store\n",
    );
  });

  it("tells no rate when nothing was computed, and what did not fit", () => {
    const again = {
      ...READ,
      tokens: { computed: { read: 0 }, reused: 12_345 },
      store: { keptBytes: 0, droppedChunks: 3 },
    };
    expect(readText(again)).toBe(
      "read 44/44 pages, 12,345 tokens, 25 chunks (5 from the store) in 25 s; 12,345 tokens were in the store already\n" +
        "kept 0 B in the KV store; 3 chunks did not fit and will be read again\n",
    );
  });
});

describe("a plan as text", () => {
  it("is a line a document, the sum, the time and the room", () => {
    expect(planText(PLAN)).toBe(
      "document        pages   tokens  chunks  stored\n" +
        "a.pdf           1,151  512,341   1,102     102\n" +
        "standard input      -      900       2       0\n" +
        "all             1,151  513,241   1,104     102\n" +
        "time   19 min with smollm2-135m at 410 tokens/s, measured just now\n" +
        "store  12 GB to write, room for 20 GB\n",
    );
  });

  it("has no sum for one document, and says when the store is too small", () => {
    const text = planText({ ...PLAN, documents: PLAN.documents.slice(0, 1), roomBytes: 1e9 });
    expect(text).not.toContain("\nall ");
    expect(text).toMatch(
      /store {2}12 GB to write, room for 1\.0 GB: what does not fit is read, but not kept\n$/u,
    );
  });
});

describe("quantities", () => {
  it("are rounded to what one wants to know", () => {
    expect([0, 999, 1000, 98_362_432, 1.5e9, 2e13].map(bytes)).toEqual([
      "0 B",
      "999 B",
      "1 kB",
      "98 MB",
      "1.5 GB",
      "20 TB",
    ]);
    expect([0.2, 0.7, 59, 60, 419, 3599, 7800].map(duration)).toEqual([
      "0 s",
      "1 s",
      "59 s",
      "1 min",
      "7 min",
      "1 h 0 min",
      "2 h 10 min",
    ]);
    expect([135e6, 1.54e9].map(parameters)).toEqual(["135M", "1.5B"]);
    expect([count(512_341.4), counted(1, "chunk"), counted(2, "chunk")]).toEqual([
      "512,341",
      "1 chunk",
      "2 chunks",
    ]);
  });
});
