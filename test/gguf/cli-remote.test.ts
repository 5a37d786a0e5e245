import { copyFile, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { focus } from "../cli/spawn-focus.ts";
import { FEW_PAPERS, PAPERS, QUESTION } from "../helpers/papers.ts";
import { StandInModel } from "../helpers/stand-in-model.ts";
import { StandInServer } from "../helpers/stand-in-server.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { openTestEngine, type TestEngine } from "./test-engine.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
const SETTINGS = { FOCUS_MODEL: MODEL, FOCUS_CHUNK: "96", FOCUS_GPU: "off", FOCUS_THREADS: "1" };

let engine: TestEngine;
let stand: StandInModel;
let server: StandInServer;

beforeAll(async () => {
  engine = await openTestEngine();
  stand = await StandInModel.open(engine.model, 2048);
  server = await StandInServer.start(stand);
});

afterAll(async () => {
  server.kill();
  await stand[Symbol.asyncDispose]();
  await engine.backend[Symbol.asyncDispose]();
});

function run(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return focus(args, { cwd, env: { ...SETTINGS, FOCUS_ENGINE: server.url, ...env } });
}

describe("focus with a model server", () => {
  it("says in doctor what the server is and can do", async () => {
    const { stdout, code } = await run(await tempFolder(), ["doctor", "--json"]);
    const { checks } = JSON.parse(stdout);
    expect(checks).toContainEqual({
      name: "engine",
      status: "ok",
      detail:
        `sglang 0.5.23 at ${server.url}: small with 2048 tokens writes, and reads by the question's likelihood; ` +
        "tokenizer and chat form as in the GGUF here; no condenser, short answers or candidate tokens there",
      hint: null,
    });
    expect(code).toBe(0);
  });

  it("answers from what it reads there, and names the server's model", async () => {
    const cwd = await tempFolder({ "papers.md": FEW_PAPERS });
    const { stdout, stderr, code } = await run(cwd, ["ask", "papers.md", QUESTION, "--json", "--debug"]);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      condenser: "likelihood",
      models: { reader: { name: "small", path: server.url } },
    });
    expect(answer.citations[0].quote).toContain("Isobel Tarrant");
    expect(stderr).not.toContain("Isobel Tarrant");
    expect(code).toBe(0);
  });

  it("finds places by asking the server's model behind every chunk", async () => {
    const cwd = await tempFolder({ "papers.md": FEW_PAPERS });
    const { stdout, code } = await run(cwd, ["find", "papers.md", QUESTION, "--json"]);
    const { places, coverage, models } = JSON.parse(stdout);
    expect(models.reader).toMatchObject({ name: "small", path: server.url });
    expect(coverage.chunks.condensed).toBe(coverage.chunks.total);
    for (const { quote, start, end } of places) expect(FEW_PAPERS.slice(start, end)).toBe(quote);
    expect(code).toBe(0);
  });

  it("fills the server's cache with read", async () => {
    const cwd = await tempFolder({ "papers.md": PAPERS });
    server.seen.length = 0;
    const { stderr, code } = await run(cwd, ["read", "papers.md"]);
    expect(stderr).toContain("small keeps what it has read in its server's cache");
    const warmed = server.seen.filter(
      ({ body }) => body.sampling_params?.max_new_tokens === 0 && body.return_logprob !== true,
    );
    expect(warmed.length).toBeGreaterThan(3);
    expect(code).toBe(0);
  });

  it("summarises a folder in shards, side by side, which are one folder in the end", async () => {
    const files = Object.fromEntries(
      PAPERS.split("\n\n# ")
        .slice(0, 4)
        .map((text, i) => [`in/${i}.md`, `# ${text}`]),
    );
    const cwd = await tempFolder(files);
    const told: string[] = [];
    for (const shard of ["1/2", "2/2"]) {
      const { stderr, code } = await run(cwd, [
        "summarize",
        "in",
        "-o",
        "out",
        "--shard",
        shard,
        "--answer",
        "quote",
      ]);
      told.push(stderr);
      expect(code).toBe(0);
    }
    const made = await readdir(join(cwd, "out"));
    expect(made.toSorted()).toEqual(
      [
        "focus-manifest-1-of-2.json",
        "focus-manifest-2-of-2.json",
        ...Object.keys(files).map((name) => `${name.slice(3)}.md`),
      ].toSorted(),
    );
    expect(told.join("")).toMatch(/about .* left for \d+ more, at [\d,]+ documents an hour/u);
    expect(await readFile(join(cwd, "out", "0.md.md"), "utf8")).toContain("Isobel Tarrant");
    const whole = await run(cwd, ["summarize", "in", "-o", "out", "--answer", "quote"]);
    expect(whole.stderr.match(/finished before/gu)).toHaveLength(Object.keys(files).length);
  });

  it("refuses by name what a server cannot do, and settings that do not go with one", async () => {
    const cwd = await tempFolder({
      "papers.md": FEW_PAPERS,
      "server.toml": `[engine]\nurl = "${server.url}"\n`,
    });
    const ask = ["ask", "papers.md", QUESTION];
    const trusted = [...ask, "--config", "server.toml"];
    const cases = [
      [
        [...ask, "--condenser", "candidates"],
        {},
        "--condenser candidates needs rows of the cache, which no server gives",
      ],
      [
        [...ask, "--answer", "short"],
        {},
        "--answer short needs a condenser that answers, and focus has none for small",
      ],
      [
        [...ask, "--engine-key", "NO_SUCH_KEY"],
        {},
        "--engine-key names the variable NO_SUCH_KEY, which is not set",
      ],
      [
        [...ask, "--engine-key", "sk-123"],
        {},
        "--engine-key is (hidden), expected a name of an environment variable",
      ],
      [
        [...ask, "--offline", "--engine", "http://gpu1:30000"],
        {},
        "--offline, and http://gpu1:30000 is on the network",
      ],
      [
        trusted,
        { FOCUS_ENGINE: "", FOCUS_MODEL: "" },
        "--engine sends tokens, and needs the tokenizer of the server's model",
      ],
      [[...trusted, "--reader", "same", "--engine-kind", "openai"], {}, "only writes, and cannot read"],
    ] as const;
    for (const [args, env, message] of cases) {
      const { stderr, code } = await run(cwd, args, env);
      expect(stderr).toContain(message);
      expect(code).toBe(2);
    }
    await writeFile(join(cwd, "focus.toml"), `engine = "${server.url}"`);
    const untrusted = await run(cwd, ask, { FOCUS_ENGINE: "" });
    expect(untrusted.stderr).toContain("but may not send documents to a server");
  });

  it.each(["sglang", "openai"])(
    "has a reader of this machine with its condenser, and the server (%s) write",
    async (kind) => {
      const cwd = await tempFolder({ "papers.md": FEW_PAPERS });
      await copyFile(MODEL, join(cwd, "reader.gguf"));
      const args = [
        "ask",
        "papers.md",
        QUESTION,
        "--json",
        "--reader",
        "./reader.gguf",
        "--engine-kind",
        kind,
      ];
      const { stdout, code } = await run(cwd, [
        ...args,
        "--answer",
        "write",
        "--max-answer",
        "24",
        "--budget",
        "512",
      ]);
      const { condenser, style, answer, models } = JSON.parse(stdout);
      expect({ condenser, style }).toEqual({ condenser: "answer", style: "write" });
      expect(models.writer).toMatchObject({ name: "small", path: server.url });
      expect(models.reader.name).toBe("reader");
      expect(answer).not.toBe("");
      expect(code).toBe(0);
    },
  );
});
