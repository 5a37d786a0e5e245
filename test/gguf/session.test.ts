import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import type { Answer } from "../../src/engine/results.ts";
import type { SessionEvent } from "../../src/session/events.ts";
import { openDocuments, type SessionOptions } from "../../src/session/open-documents.ts";
import type { Session } from "../../src/session/session.ts";
import { linkFasterCopies } from "../helpers/faster-copies.ts";
import { FEW_PAPERS, PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;
const OTHER_QUESTION = "How high is the tower?";

async function open(options: SessionOptions = {}, text = FEW_PAPERS): Promise<Session> {
  const cwd = await tempFolder({ "papers.md": text });
  await linkFasterCopies(cwd);
  const folders = { models: join(cwd, "models"), kv: join(cwd, "kv"), config: cwd };
  const own = { model: MODEL, reader: MODEL, gpu: "off", threads: 1, chunkTokens: 96 } as const;
  return openDocuments("papers.md", { ...own, cwd, folders, ...options });
}

/** What is said, and what it took; not how long, and not what the store held. */
function told({ answer, answers, verdict, confidence, citations, window, tokens }: Answer) {
  const { read, ...computed } = tokens.computed;
  return { answer, answers, verdict, confidence, citations, window, computed, chunks: read + tokens.reused };
}

describe("a session", () => {
  it.each([
    ["short", FEW_PAPERS],
    ["quote", FEW_PAPERS],
    // From fewer, so small a writer names nobody.
    ["write", PAPERS],
  ] as const)(
    "answers a second question (%s) as another session would, and reads nothing for it",
    async (answerStyle, text) => {
      const wanted = { answerStyle, budgetTokens: 400, answerTokens: 32 };
      await using both = await open(wanted, text);
      await both.read();
      const first = await both.ask(QUESTION);
      const second = await both.ask(OTHER_QUESTION);
      await using alone = await open(wanted, text);
      await alone.read();
      expect(told(second)).toEqual(told(await alone.ask(OTHER_QUESTION)));
      expect(first.answer).toContain("Isobel Tarrant");
      expect(second.tokens.computed.read).toBe(0);
      expect(second.timings.loadMs).toBeLessThan(first.timings.loadMs + 1);
    },
  );

  it("counts each question's tokens alone, and the same question twice alike", async () => {
    await using session = await open({ cache: false });
    const first = await session.ask(QUESTION);
    const second = await session.ask(QUESTION);
    expect(second.tokens).toEqual(first.tokens);
    expect(second.coverage).toEqual(first.coverage);
    expect(told(second)).toEqual(told(first));
    expect(first.tokens.computed.read).toBeGreaterThan(0);
  });

  it("takes a question longer than the contexts that are open", async () => {
    // One chunk: every passage of more would be judged behind the long question.
    await using session = await open({ answerStyle: "quote" }, FEW_PAPERS.split("\n\n# ")[0]);
    await session.ask(QUESTION);
    const long = `${"Think of the light, the boat, the lease and the stores. ".repeat(20)}${QUESTION}`;
    const { citations } = await session.ask(long, { condenseChunks: 1 });
    expect(citations.length).toBeGreaterThan(0);
  });

  it("finds what answers, and shows what may answer below it", async () => {
    const bill = [
      "The fee for the season is 1,450 crowns. It covers water and electricity.",
      "Please pay half of it before 15 April; the rest is due when you arrive.",
      "Dogs are welcome on the pier as long as they are on a lead.",
      "If you lose your key card, a new one costs 80 crowns. The gate is locked at night.",
      "Should you have to cancel, let us know in April. After that we keep the deposit.",
    ];
    await using session = await open({}, bill.join("\n\n"));
    const { places, uncertain } = await session.find("What does a lost card cost?");
    expect(places.map(({ quote }) => quote).join("\n")).toContain("80 crowns");
    const all = [...places, ...uncertain];
    expect(all.map(({ id }) => id)).toEqual(all.map((_, i) => i + 1));
    expect(uncertain.length).toBeGreaterThan(0);
    for (const { support } of uncertain) expect(support).toBeGreaterThanOrEqual(-1);
  });

  it("has calls wait for one another, each with options of its own", async () => {
    await using session = await open();
    const [short, quoted, summary] = await Promise.all([
      session.ask(QUESTION),
      session.ask(QUESTION, { answerStyle: "quote", condenseChunks: 2 }),
      session.summarize({ summaryLength: 40 }),
    ]);
    expect(short).toMatchObject({ style: "short", answer: expect.stringContaining("Isobel Tarrant") });
    expect(quoted.style).toBe("quote");
    expect(quoted.coverage.chunks.condensed).toBe(2);
    expect(quoted.settings).toMatchObject({ answer: "quote", condense: 2 });
    expect(summary.words).toBeLessThanOrEqual(40);
  });

  it("goes on after a question that was stopped", async () => {
    await using session = await open();
    const reason = new Error("enough");
    const stop = new AbortController();
    const onEvent = ({ kind }: SessionEvent): void => {
      if (kind === "progress") stop.abort(reason);
    };
    await expect(session.ask(QUESTION, { signal: stop.signal, onEvent })).rejects.toBe(reason);
    expect((await session.ask(QUESTION)).answer).toContain("Isobel Tarrant");
  });

  it("takes documents in memory, and answers none once it is closed", async () => {
    const bytes = Buffer.from(FEW_PAPERS);
    const cwd = await tempFolder();
    const options = {
      model: MODEL,
      reader: MODEL,
      gpu: "off",
      threads: 1,
      cache: false,
      chunkTokens: 96,
      cwd,
    };
    const session = await openDocuments({ path: "notes.md", bytes }, options as SessionOptions);
    expect((await session.ask(QUESTION)).citations[0]).toMatchObject({ path: "notes.md", line: 3 });
    await session.close();
    await expect(session.ask(QUESTION)).rejects.toThrow("the session is closed");
  });
});

describe("examples/session.mjs", () => {
  it("answers both of its questions, and summarises", async () => {
    const cwd = await tempFolder({ "papers.md": FEW_PAPERS });
    const example = fileURLToPath(new URL("../../examples/session.mjs", import.meta.url));
    const env = { ...process.env, FOCUS_HOME: cwd };
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [example, "papers.md", MODEL], {
      cwd,
      env,
    });
    expect(stdout).toMatch(/^Isobel Tarrant \(answered, [\d.]+ s\)$/mu);
    expect(stdout).toMatch(/^38 metres\b.*\(\w+, [\d.]+ s\)$/mu);
    expect(stdout).toMatch(/^“.*” papers\.md, line 3$/mu);
    expect(stdout).toMatch(/^- /mu);
    expect(stderr).toBe("");
  });
});
