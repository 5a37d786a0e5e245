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

  it("stay in the output folder for files from elsewhere", () => {
    const files = ["../up/a.pdf", "/abs/b.pdf"];
    expect([...outputNames(files, files, "md").values()]).toEqual(["a.pdf.md", "b.pdf.md"]);
  });
});
