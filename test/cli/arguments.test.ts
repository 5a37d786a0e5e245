import { describe, expect, it } from "vitest";
import { askArguments, documentPaths } from "../../src/cli/arguments.ts";
import { UsageError } from "../../src/errors.ts";

const TERMINAL = {
  stdinIsTerminal: true,
  exists: (path: string) => ["report.pdf", "contracts"].includes(path),
};
const PIPE = { ...TERMINAL, stdinIsTerminal: false };

describe("askArguments", () => {
  it("takes the last positional for the question", () => {
    expect(askArguments(["report.pdf", "b.pdf", " Who? "], undefined, TERMINAL)).toEqual({
      paths: ["report.pdf", "b.pdf"],
      question: "Who?",
    });
  });

  it("takes every positional for a path when --question gives the question", () => {
    expect(askArguments(["report.pdf", "contracts"], "Who?", TERMINAL)).toEqual({
      paths: ["report.pdf", "contracts"],
      question: "Who?",
    });
  });

  it("reads a pipe when there is only a question", () => {
    expect(askArguments(["Who?"], undefined, PIPE)).toEqual({ paths: ["-"], question: "Who?" });
    expect(askArguments([], "Who?", PIPE)).toEqual({ paths: ["-"], question: "Who?" });
  });

  it("never waits for a terminal to type a document", () => {
    expect(() => askArguments(["Who?"], undefined, TERMINAL)).toThrow("no document was given");
    expect(() => askArguments([], "Who?", TERMINAL)).toThrow("no document was given");
    expect(() => askArguments([], undefined, TERMINAL)).toThrow("no document and no question");
  });

  it("takes - for a document even on a terminal, since it was asked for", () => {
    expect(askArguments(["-", "Who?"], undefined, TERMINAL).paths).toEqual(["-"]);
  });

  it("refuses a last positional that exists instead of asking it", () => {
    for (const path of ["report.pdf", "contracts"]) {
      expect(() => askArguments(["report.pdf", path], undefined, TERMINAL)).toThrow("is a file or a folder");
    }
  });

  it("refuses a last positional that is a misspelt file name", () => {
    expect(() => askArguments(["report.pdf", "reprot.PDF"], undefined, PIPE)).toThrow("looks like a file");
    expect(() => askArguments(["report.pdf", "-"], undefined, PIPE)).toThrow("no question");
  });

  it.each(["ipynb", "jsonl", "tsv", "png", "jpg", "JPEG", "tif", "webp", "bmp", "mht", "xhtml", "docm"])(
    "refuses a last positional that ends in .%s",
    (ending) => {
      expect(() => askArguments(["report.pdf", `a.${ending}`], undefined, PIPE)).toThrow("looks like a file");
    },
  );

  it("asks about a file name when --question says so", () => {
    expect(askArguments(["report.pdf"], "report.pdf", TERMINAL).question).toBe("report.pdf");
  });

  it("refuses an empty question", () => {
    for (const question of ["", " \n\t"]) {
      expect(() => askArguments(["report.pdf", question], undefined, TERMINAL)).toThrow("question is empty");
      expect(() => askArguments(["report.pdf"], question, TERMINAL)).toThrow("question is empty");
    }
  });

  it("always says what to do", () => {
    for (const positionals of [[], ["report.pdf"], ["report.pdf", " "], ["Who?"]]) {
      const attempt = (): unknown => askArguments(positionals, undefined, TERMINAL);
      expect(attempt).toThrow(UsageError);
      expect(attempt).toThrow(expect.objectContaining({ hint: expect.stringMatching(/usage|--question/u) }));
    }
  });
});

describe("documentPaths", () => {
  it("names the usage of the command that lacks a document", () => {
    expect(() => documentPaths([], "usage: focus read", TERMINAL)).toThrow(
      expect.objectContaining({ hint: "usage: focus read" }),
    );
    expect(documentPaths([], "", PIPE)).toEqual(["-"]);
    expect(documentPaths(["a"], "", TERMINAL)).toEqual(["a"]);
  });
});
