import { describe, expect, it } from "vitest";
import { tempFolder } from "../helpers/temp-folder.ts";
import { focus } from "./spawn-focus.ts";

describe("what cannot be done exits with 2, says so on standard error and does nothing", () => {
  it.each([
    [["aks", "a.txt", "Who?"], "focus: unknown command 'aks'\nhint: did you mean ask?\n"],
    [
      ["a.txt", "Who?"],
      "focus: unknown command 'a.txt'\nhint: to ask about a document: focus ask a.txt \"…\"\n",
    ],
    [
      ["my notes.pdf"],
      'focus: unknown command \'my notes.pdf\'\nhint: to ask about a document: focus ask "my notes.pdf" "…"\n',
    ],
    [
      ["ask", "-q", "Who?", "a.txt"],
      'focus: no question was given: the last argument, a.txt, is a file or a folder\nhint: put the question last, in quotes, or give it by --question "…"\n',
    ],
    [["help", "foo"], "focus: unknown command 'foo'\nhint: see focus --help\n"],
    [["help", "aks"], "focus: unknown command 'aks'\nhint: did you mean ask?\n"],
    [["model", "help", "lst"], "focus: unknown command 'lst'\nhint: did you mean list or ls?\n"],
    [["ask", "a.txt", "--chunkk", "9"], "focus: unknown option '--chunkk'\nhint: did you mean --chunk?\n"],
    [["ask", "a.txt", "--cache"], "hint: it is the default, which FOCUS_CACHE=1 sets back\n"],
    [
      ["ask", "a.txt", "-5 or 5 degrees?"],
      'hint: a question that begins with a hyphen is given by --question "…"\n',
    ],
    [["text", "-x y.txt"], "hint: a file of that name is given as ./-x y.txt\n"],
    [
      ["text", "a.txt", "--timeout", "1ms"],
      'focus: --timeout is "1ms", expected a duration such as 90s, 5m, 1h30m or seconds, from 0.001s to 576h\n',
    ],
    [["text", "@types/readme.md"], "; a file of that name is ./@types/readme.md\n"],
    [
      ["ask", "--timeout"],
      "focus: option '--timeout <duration>' argument missing\nhint: see focus ask --help\n",
    ],
    [["model", "rm"], "focus: missing required argument 'model'\nhint: see focus model rm --help\n"],
    [["text", "a.txt", "b.txt"], "focus: too many arguments for 'text'. Expected 1 argument but got 2."],
    [
      ["ask", "a.txt"],
      "focus: no question was given: the last argument, a.txt, is a file or a folder\nhint: ",
    ],
    [
      ["ask", "@three"],
      "focus: no question was given: the last argument, @three, is a collection\nhint: put",
    ],
    [["read", "a.txt", "--watch", "--dry-run"], "focus: --watch reads, and --dry-run does not\nhint: "],
    [["read", "a.txt", "--watch", "--shard", "1/2"], "focus: --watch looks at all files, and --shard"],
    [["read", "-", "--watch"], "focus: standard input cannot be watched\nhint: name files"],
    [["read", "a.txt", "--watch", "-o", "x"], "focus: --watch has many results, and --output takes one\n"],
    [["read", "a.txt", "--watch", "--no-cache"], "focus: read fills the KV store, and --no-cache leaves"],
    [["ask", "a.txt", "  "], "focus: the question is empty\nhint: "],
    [["ask", "a.txt", "--question", ""], "focus: the question is empty\nhint: "],
    [["ask"], "focus: no document and no question were given\nhint: usage: focus ask"],
    [
      ["text", "a.txt", "--chunk", "12"],
      'focus: --chunk is "12", expected a whole number from 64 to 4096 (tokens)\n',
    ],
    [["--threads", "0", "text", "a.txt"], 'focus: --threads is "0", expected a whole number from 1 to 256\n'],
    [
      ["text", "a.txt", "--format", "xml"],
      'focus: --format is "xml", expected one of text, markdown, json, jsonl, csv, html\n',
    ],
    [["text", "a.txt", "--json", "--format", "text"], "focus: option '--json' cannot be used with option"],
    [["text", "a.txt", "--timeout", "soon"], 'focus: --timeout is "soon", expected a duration such as 90s'],
    [["text", "a.txt", "-o", "."], "focus: --output "],
    [["text", "a.txt", "-o", "none/x.txt"], "focus: --output "],
    [
      ["ask", "a.txt", "Who?", "--budget", "0"],
      "focus: --budget 0 leaves nothing to answer from with --condenser answer\nhint: use --condenser candidates",
    ],
    [["summarize", "a.txt", "--budget", "0"], "focus: --budget 0 leaves nothing to summarise from"],
    [
      ["ask", "a.txt", "Who?", "--condenser", "both", "--adapter", "none"],
      "focus: --condenser both needs an adapter, and the setting adapter is none\nhint: leave --adapter out",
    ],
    [
      ["ask", "a.txt", "Who?", "--condenser", "candidates", "--answer", "quote"],
      "focus: --answer quote needs the text of chunks, and --condenser candidates answers from candidate tokens\nhint: ",
    ],
    [
      ["text", "a.txt", "--format", "html"],
      'focus: --format is "html", which is not known here, expected one of text, json',
    ],
    [["extract", "a.txt"], "focus: no schema was given\nhint: name one with --schema"],
    [["extract", "a.txt", "--schema", "none.json"], "focus: --schema none.json: no such file or folder"],
    [["extract", "a.txt", "--schema", "a.txt"], "focus: --schema a.txt is no JSON: "],
    [
      ["extract", "a.txt", "--schema", "deep.json"],
      'focus: properties.a has "properties", which focus extract does not follow\nhint: take it out; expected an object',
    ],
    [
      ["extract", "a.txt", "--schema", "deep.json", "--format", "html"],
      'focus: --format is "html", which is not known here, expected one of text, markdown, csv',
    ],
    [["doctor", "--config", "none.toml"], "focus: none.toml: no such file\n"],
  ])("%j", async (args, message) => {
    const deep = '{"type": "object", "properties": {"a": {"type": "object", "properties": {}}}}';
    const cwd = await tempFolder({ "a.txt": "Hello.\n", "my notes.pdf": "", "deep.json": deep });
    const { code, stdout, stderr } = await focus(args, { cwd });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("\n    at ");
    expect(stderr).not.toContain("Usage:");
    expect([code, stdout]).toEqual([2, ""]);
  });

  it("shows the stack with --debug", async () => {
    const cwd = await tempFolder();
    const { code, stderr } = await focus(["text", "none.txt", "--debug"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toMatch(/focus: none\.txt: no such file or folder\n[\s\S]*InputError[\s\S]*\n {4}at /u);
  });

  it("names a bad variable and a bad key of focus.toml", async () => {
    const cwd = await tempFolder({ "a.txt": "Hello.\n", "focus.toml": "chunck = 512\n" });
    const { code, stderr } = await focus(["text", "a.txt"], { cwd });
    expect([code, stderr]).toEqual([
      2,
      'focus: focus.toml: unknown key "chunck"\nhint: did you mean chunk?\n',
    ]);
    const other = await focus(["text", "a.txt"], {
      cwd: await tempFolder({ "a.txt": "a" }),
      env: { FOCUS_GPU: "yes" },
    });
    expect(other.stderr).toBe('focus: FOCUS_GPU is "yes", expected one of auto, off, metal, cuda, vulkan\n');
  });
});
