import { getEventListeners } from "node:events";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { SessionEvent } from "../../src/session/events.ts";
import { OpenSessions } from "../../src/session/open-sessions.ts";
import type { Session } from "../../src/session/session.ts";
import type { Caller } from "../../src/session/shared-session.ts";
import { fakeHost } from "../helpers/fake-session.ts";
import { makeMail } from "../helpers/make-mail.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { slowOpenings } from "../helpers/slow-openings.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const FILES = { "a.md": PAPERS, "b.md": PAPERS, "c.md": PAPERS, "d.md": PAPERS };

/** Sessions of files of one folder, each opened when the test says so. */
async function openSessions(options?: { readonly isDeaf: boolean }) {
  const attached = [{ name: "plan.txt", bytes: Buffer.from("The roof is new.") }];
  const folder = await tempFolder({ ...FILES, "mail.eml": makeMail("See the plan.", attached) });
  const { begun, open } = slowOpenings(options);
  const sessions = new OpenSessions(await fakeHost(), open);
  const use = <T>(
    name: string,
    work: (session: Session) => Promise<T>,
    { signal = never(), onEvent = () => undefined }: Partial<Caller> = {},
  ) => sessions.use({ files: [join(folder, name)], skipped: [] }, { signal, onEvent }, work);
  /** That of this number, once it is begun. */
  const opening = async (number: number) => {
    await expect.poll(() => begun.length, { interval: 1 }).toBeGreaterThanOrEqual(number);
    return begun[number - 1] as (typeof begun)[number];
  };
  return { folder, sessions, use, begun, opening };
}

function never(): AbortSignal {
  return new AbortController().signal;
}

/** Once the call waits for a session that is being opened, or for room for one. */
async function waits({ signal }: Pick<Caller, "signal">): Promise<void> {
  const listening = () => getEventListeners(signal, "abort").length;
  await expect.poll(listening, { interval: 1 }).toBeGreaterThan(0);
}

/** Time enough for whatever does not wait. */
const later = <T>(value: T) => new Promise<T>((done) => setTimeout(done, 50, value));

const ask = async (session: Session) => (await session.ask(QUESTION)).answer;

describe("a session that is being opened", () => {
  it("is stopped when the last caller that waits for it leaves, and opened anew for the next", async () => {
    const { sessions, use, opening } = await openSessions();
    const [first, second] = [new AbortController(), new AbortController()];
    const firstLeaves = expect(use("a.md", ask, first)).rejects.toThrow("the first leaves");
    const secondLeaves = expect(use("a.md", ask, second)).rejects.toThrow("the second leaves");
    await Promise.all([first, second].map(waits));
    const { signal } = await opening(1);
    first.abort(new Error("the first leaves"));
    await firstLeaves;
    expect(signal.aborted).toBe(false);
    second.abort(new Error("the second leaves"));
    await secondLeaves;
    expect(signal.reason).toBe(second.signal.reason);
    const next = use("a.md", ask);
    (await opening(2)).goOn();
    expect(await next).toContain("Isobel Tarrant");
    await sessions.close();
  });

  it("serves those that stay, and later calls, when the first leaves", async () => {
    const { sessions, use, begun, opening } = await openSessions();
    const first = new AbortController();
    const left = expect(use("a.md", ask, first)).rejects.toThrow("enough");
    const staying = new AbortController();
    const stays = use("a.md", ask, staying);
    await Promise.all([first, staying].map(waits));
    const { goOn } = await opening(1);
    first.abort(new Error("enough"));
    await left;
    goOn();
    expect(await stays).toContain("Isobel Tarrant");
    expect(await use("a.md", ask)).toContain("Isobel Tarrant");
    expect(begun).toHaveLength(1);
    await sessions.close();
  });

  it("tells all who wait for it how it goes, and each listener once", async () => {
    const { sessions, use, opening } = await openSessions();
    const heard: string[] = [];
    const listener = (who: string) => ({
      onEvent: ({ kind }: SessionEvent) => void heard.push(`${who} ${kind}`),
    });
    const shared = listener("both");
    const callers = [listener("first"), listener("second"), shared, shared].map((own) => ({
      ...own,
      signal: never(),
    }));
    const calls = callers.map((caller) => use("a.md", ask, caller));
    await Promise.all(callers.map(waits));
    const { goOn, onEvent } = await opening(1);
    onEvent({ kind: "step", message: "loading a model" });
    expect(heard.sort()).toEqual(["both step", "first step", "second step"]);
    goOn();
    await Promise.all(calls);
    await sessions.close();
  });

  it("is closed where it is open before it hears that nobody waits", async () => {
    const { use, opening, sessions } = await openSessions({ isDeaf: true });
    const caller = new AbortController();
    const left = expect(use("a.md", ask, caller)).rejects.toThrow("enough");
    const { goOn, isClosed } = await opening(1);
    await waits(caller);
    caller.abort(new Error("enough"));
    await left;
    goOn();
    await expect.poll(isClosed).toBe(true);
    await sessions.close();
  });

  it("is stopped by closing, which waits until it is", async () => {
    const { use, opening, sessions } = await openSessions();
    const caller = expect(use("a.md", ask)).rejects.toMatchObject({ code: "stopped.interrupted" });
    const { signal } = await opening(1);
    await sessions.close();
    expect(signal.aborted).toBe(true);
    await caller;
  });

  it("is tried again by the next call when it failed", async () => {
    const { use, opening, sessions } = await openSessions();
    const callers = [new AbortController(), new AbortController()];
    const failing = callers.map((caller) => expect(use("a.md", ask, caller)).rejects.toThrow("no model"));
    await Promise.all(callers.map(waits));
    (await opening(1)).goOn(new Error("no model"));
    await Promise.all(failing);
    const next = use("a.md", ask);
    (await opening(2)).goOn();
    expect(await next).toContain("Isobel Tarrant");
    await sessions.close();
  });

  it("is not begun for a caller that has left before", async () => {
    const { use, begun } = await openSessions();
    await expect(use("a.md", ask, { signal: AbortSignal.abort(new Error("gone")) })).rejects.toThrow("gone");
    expect(begun).toEqual([]);
  });
});

/** Work that lasts until the test ends it. */
function lasting() {
  let end = (): void => undefined;
  const ended = new Promise<void>((done) => {
    end = done;
  });
  return { work: () => ended, end };
}

it("has a file's documents, with those attached to it, while it is open and the file as it was", async () => {
  const { folder, sessions, use, opening } = await openSessions();
  const path = join(folder, "mail.eml");
  const opened = use("mail.eml", async ({ documents }) => documents);
  expect(await sessions.documentsOf(path)).toEqual([]);
  (await opening(1)).goOn();
  const documents = await opened;
  expect(documents.map((one) => basename(one.path))).toEqual(["mail.eml", "mail.eml » plan.txt"]);
  expect(await sessions.documentsOf(path)).toEqual(documents);
  expect(await sessions.documentsOf(join(folder, "a.md"))).toEqual([]);
  await writeFile(path, makeMail("See no plan, but the roof.", []));
  expect(await sessions.documentsOf(path)).toEqual([]);
  await sessions.close();
});

describe("two sessions at most", () => {
  /** Two sessions, each with a call that lasts. */
  async function busy() {
    const opened = await openSessions();
    const [a, b] = [lasting(), lasting()];
    const calls = [opened.use("a.md", a.work)];
    const openings = [await opened.opening(1)];
    calls.push(opened.use("b.md", b.work));
    openings.push(await opened.opening(2));
    for (const { goOn } of openings) goOn();
    const done = async (): Promise<void> => {
      a.end();
      b.end();
      await Promise.all(calls);
      await opened.sessions.close();
    };
    return { ...opened, a, b, isClosed: () => openings.map((one) => one.isClosed()), done };
  }

  it("stay open between calls, and a third set of files waits until one of them has none", async () => {
    const { use, begun, opening, a, isClosed, done } = await busy();
    const third = use("c.md", ask);
    const again = lasting();
    const joined = use("b.md", again.work);
    await expect(Promise.race([third, joined, later("nothing yet")])).resolves.toBe("nothing yet");
    expect(begun).toHaveLength(2);
    a.end();
    const { goOn } = await opening(3);
    expect(isClosed()).toEqual([true, false]);
    goOn();
    expect(await third).toContain("Isobel Tarrant");
    again.end();
    await joined;
    await done();
  });

  it("let go of a call that is not wanted any more while it waits, and open nothing for it", async () => {
    const { use, begun, isClosed, done } = await busy();
    const caller = new AbortController();
    const left = expect(use("c.md", ask, caller)).rejects.toThrow("not wanted");
    await waits(caller);
    caller.abort(new Error("not wanted"));
    await left;
    await done();
    expect(begun).toHaveLength(2);
    expect(isClosed()).toEqual([true, true]);
  });

  it("take those that wait in the order of their coming", async () => {
    const { use, begun, opening, a, done } = await busy();
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [use("c.md", ask, first)];
    await waits(first);
    waiting.push(use("d.md", ask, second));
    await waits(second);
    const names = () => begun.map(({ sources: [path] }) => basename(String(path)));
    a.end();
    (await opening(3)).goOn();
    (await opening(4)).goOn();
    await Promise.all(waiting);
    expect(names()).toEqual(["a.md", "b.md", "c.md", "d.md"]);
    await done();
  });
});
