import { describe, expect, it } from "vitest";
import type { SessionEvent } from "../../src/session/events.ts";
import { openDocuments } from "../../src/session/open-documents.ts";
import type { Session } from "../../src/session/session.ts";
import { fakeSession } from "../helpers/fake-session.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

describe("a session on a model without weights", () => {
  it("opens its contexts once, reads nothing twice, and counts opening with the first call alone", async () => {
    const { session, model } = await fakeSession();
    await using _ = session;
    const first = await session.ask(QUESTION);
    const { length } = model.opened;
    const second = await session.ask(QUESTION);
    expect(model.opened).toHaveLength(length);
    expect(second.answer).toBe(first.answer);
    expect(second.tokens).toMatchObject({ computed: { read: 0 }, reused: second.coverage.tokens.total });
    expect(first.timings.loadMs).toBeGreaterThanOrEqual(1000);
    expect(second.timings.loadMs).toBeLessThan(1000);
  });

  it("shows a citation in its paragraph", async () => {
    const { session } = await fakeSession();
    await using _ = session;
    const { citations } = await session.ask(QUESTION);
    const { excerpts } = await session.evidence(citations);
    expect(excerpts.map(({ id, quote }) => [id, quote])).toEqual(
      citations.map(({ id, quote }) => [id, quote]),
    );
    for (const { before, quote, after } of excerpts) expect(PAPERS).toContain(`${before}${quote}${after}`);
  });

  it("has calls wait for one another, and hears of each where it was made", async () => {
    const { session } = await fakeSession();
    await using _ = session;
    const heard: SessionEvent["kind"][][] = [[], []];
    const ask = (i: number) =>
      session.ask(QUESTION, {
        answerStyle: i === 0 ? "write" : "quote",
        onEvent: ({ kind }) => void heard[i]?.push(kind),
      });
    const [written, quoted] = await Promise.all([ask(0), ask(1)]);
    expect([written.style, quoted.style]).toEqual(["write", "quote"]);
    expect(heard[0]?.filter((kind) => kind === "text").length).toBeGreaterThan(3);
    expect(heard[1]).toContain("progress");
    expect(heard[1]).not.toContain("text");
  });

  it("lets a call that is stopped while it waits go at once, and the one it waits for goes on", async () => {
    const { session } = await fakeSession();
    await using _ = session;
    let isDone = false;
    const first = session.ask(QUESTION).finally(() => {
      isDone = true;
    });
    const stop = new AbortController();
    const second = expect(session.ask(QUESTION, { signal: stop.signal })).rejects.toThrow("enough");
    stop.abort(new Error("enough"));
    await second;
    expect(isDone).toBe(false);
    const third = session.ask(QUESTION);
    expect((await first).answer).toContain("Isobel Tarrant");
    expect((await third).answer).toContain("Isobel Tarrant");
  });

  it("goes on after a call that failed or was stopped", async () => {
    const { session } = await fakeSession();
    await using _ = session;
    const reason = new Error("enough");
    await expect(session.ask(QUESTION, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(session.ask(QUESTION, { answerStyle: "short" })).rejects.toThrow("needs a condenser");
    expect((await session.ask(QUESTION)).answer).toContain("Isobel Tarrant");
  });

  it("judges as many chunks as it is told to for all places, and all where nobody says", async () => {
    const { session } = await fakeSession({}, { capabilities: ["score", "generate"] });
    await using _ = session;
    const all = await session.find(QUESTION);
    expect(all.coverage.chunks.condensed).toBe(all.coverage.chunks.total);
    expect(all.coverage.chunks.total).toBeGreaterThan(2);
    expect((await session.find(QUESTION, { condenseChunks: 2 })).coverage.chunks.condensed).toBe(2);
    const both = { condenseChunks: 2, thorough: true };
    expect((await session.find(QUESTION, both)).coverage.chunks.condensed).toBe(all.coverage.chunks.total);
  });

  it("says which setting keeps it from judging passages", async () => {
    const { session } = await fakeSession();
    await using _ = session;
    await expect(session.find(QUESTION)).rejects.toThrow("--condenser is likelihood");
    await expect(session.ask(QUESTION, { answerStyle: "short" })).rejects.toThrow(
      "--condenser is likelihood",
    );
  });

  it("opens contexts anew after a call in which something went wrong", async () => {
    const { session, model } = await fakeSession();
    await using _ = session;
    await session.ask(QUESTION);
    const { length } = model.opened;
    const onEvent = (): never => {
      throw new Error("a listener with a bug");
    };
    await expect(session.ask(QUESTION, { onEvent })).rejects.toThrow("a listener with a bug");
    expect((await session.ask(QUESTION)).answer).toContain("Isobel Tarrant");
    expect(model.opened.length).toBeGreaterThan(length);
    expect(model.closed()).toBeGreaterThanOrEqual(length);
  });

  it("reports the settings that a call had", async () => {
    const { session } = await fakeSession({ password: "secret" });
    await using _ = session;
    const { settings } = await session.ask(QUESTION, { condenseChunks: 2, answerStyle: "quote" });
    expect(settings).toMatchObject({ condense: 2, answer: "quote", chunk: 64, password: "(set)" });
    const { settings: later } = await session.summarize({ summaryLength: 40 });
    expect(later).toMatchObject({ condense: 32, length: 40 });
  });

  it("plans what it then reads", async () => {
    const { session } = await fakeSession();
    await using _ = session;
    const plan = await session.planRead();
    const { store, coverage } = await session.read();
    expect(store).toEqual({ keptBytes: plan.bytes, droppedChunks: 0 });
    expect(coverage.tokens.total).toBe(plan.tokens);
    expect(await session.planRead()).toMatchObject({ storedChunks: plan.chunks, bytes: 0 });
  });

  it("frees its models when the calls so far have ended, and takes no more", async () => {
    const { session, model, closed } = await fakeSession();
    const last = session.ask(QUESTION);
    await session.close();
    expect((await last).answer).toContain("Isobel Tarrant");
    expect(closed()).toBe(true);
    expect(model.closed()).toBe(model.opened.length);
    await expect(session.ask(QUESTION)).rejects.toMatchObject({ name: "UsageError" });
    await session.close();
  });

  it.each([
    ["an empty question", (session: Session) => session.ask("  "), "the question is empty"],
    [
      "a name that is no option",
      (session: Session) => session.ask("Why?", { answerStile: "quote" } as object),
      "there is no option answerStile",
    ],
    [
      "a setting of what is open already",
      (session: Session) => session.ask("Why?", { model: "other" } as object),
      "there is no option model",
    ],
    [
      "a value out of range",
      (session: Session) => session.ask("Why?", { answerTokens: 0 }),
      "answerTokens is 0, expected a whole number from 1 to 8192 (tokens)",
    ],
    [
      "no room for an answer",
      (session: Session) => session.ask("Why?", { budgetTokens: 0 }),
      "--budget 0 leaves nothing",
    ],
    [
      "no room for a summary",
      (session: Session) => session.summarize({ budgetTokens: 0 }),
      "--budget 0 leaves nothing",
    ],
  ])("refuses %s, and says what was expected", async (_, call, message) => {
    const { session } = await fakeSession();
    await using _session = session;
    await expect(call(session)).rejects.toThrow(message);
  });
});

describe("openDocuments", () => {
  it("refuses options that do not go together before it looks for documents or models", async () => {
    const opening = openDocuments("none.pdf", { condenser: "candidates", answerStyle: "quote" });
    await expect(opening).rejects.toThrow("--answer quote needs the text of chunks");
    await expect(openDocuments("none.pdf", { modell: "x" } as object)).rejects.toMatchObject({
      message: "there is no option modell",
      hint: "did you mean model?",
    });
  });

  it("says what cannot be read, before it looks for models", async () => {
    const cwd = await tempFolder({ "empty.txt": "" });
    await expect(openDocuments(["none.pdf"], { cwd })).rejects.toThrow("none.pdf: no such file");
    await expect(openDocuments("empty.txt", { cwd })).rejects.toThrow("empty.txt: is empty");
    const bytes = Uint8Array.of(0, 1, 2, 3);
    await expect(openDocuments({ path: "memory.bin", bytes })).rejects.toThrow("memory.bin: ");
  });
});
