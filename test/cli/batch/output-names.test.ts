import { describe, expect, it } from "vitest";
import { outputNames } from "../../../src/cli/batch/output-names.ts";

describe("outputNames", () => {
  it("keep the place below the folder that was named, and the whole name", () => {
    const files = ["reports/a.pdf", "reports/2023/b.txt", "c.md", "-"];
    expect([...outputNames(files, ["reports", "c.md", "-"], "md").values()]).toEqual([
      "a.pdf.md",
      "2023/b.txt.md",
      "c.md.md",
      "standard-input.md",
    ]);
  });

  it("never are the same for two files, whatever the file system makes of capitals", () => {
    const files = ["x/a.pdf", "y/a.pdf", "y/A.pdf"];
    const names = [...outputNames(files, ["x", "y"], "json").values()];
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
    expect(names[0]).toBe("a.pdf.json");
    expect(names[1]).toMatch(/^a\.pdf-[0-9a-f]{8}\.json$/u);
  });

  it("are cut where an ending more would be too long, and stay apart then", () => {
    const files = ["a", "b"].map((end) => `x/sub/${"é".repeat(123)}-${end}.pdf`);
    const names = [...outputNames(files, ["x"], "jsonl").values()];
    expect(new Set(names).size).toBe(2);
    for (const name of names) {
      expect(name).toMatch(/^sub\/é+-[0-9a-f]{8}\.jsonl$/u);
      expect(Buffer.byteLength(name.slice("sub/".length))).toBeGreaterThan(250);
      expect(Buffer.byteLength(name.slice("sub/".length))).toBeLessThanOrEqual(255);
    }
  });

  it("stay in the output folder for files from elsewhere", () => {
    const files = ["../up/a.pdf", "/abs/b.pdf"];
    expect([...outputNames(files, files, "md").values()]).toEqual(["a.pdf.md", "b.pdf.md"]);
  });
});
