import { describe, expect, it } from "vitest";
import { Pace } from "../../../src/cli/batch/pace.ts";

describe("the pace of a batch", () => {
  it("tells what is left by bytes, and documents an hour", () => {
    const pace = new Pace([1000, 2000, 3000, 500], 1);
    pace.skipped(500);
    pace.worked(1000, 60_000);
    expect(pace.told).toBe("about 5 min left for 2 more, at 60 documents an hour");
    pace.worked(2000, 60_000);
    pace.worked(3000, 60_000);
    expect(pace.told).toBeUndefined();
  });

  it("counts documents that are worked on side by side", () => {
    const pace = new Pace([1000, 1000, 1000, 1000], 2);
    pace.worked(1000, 60_000);
    pace.worked(1000, 60_000);
    expect(pace.told).toContain("for 2 more, at 120 documents an hour");
  });
});
