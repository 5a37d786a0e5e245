import { readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { withLock } from "../../../src/model/sources/pull-lock.ts";
import { tempFolder } from "../../helpers/temp-folder.ts";

const never = new AbortController().signal;

/** Above the largest pid of any system. */
const NO_PID = 2 ** 30;

async function lockOf(content?: object | string) {
  const folder = await tempFolder();
  const path = join(folder, "x.lock");
  if (content !== undefined)
    await writeFile(path, typeof content === "string" ? content : JSON.stringify(content));
  const waited: (number | undefined)[] = [];
  const lock = <Result>(work: () => Promise<Result>, signal = never): Promise<Result> =>
    withLock(path, { signal, onWait: (pid) => waited.push(pid) }, work);
  return { folder, path, waited, lock };
}

describe("withLock", () => {
  it("lets one work at a time, and leaves no file", async () => {
    const { folder, lock, waited } = await lockOf();
    let working = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setTimeout(resolve, 30));
      working -= 1;
    };
    await Promise.all([lock(work), lock(work), lock(work)]);
    expect(most).toBe(1);
    expect(waited).toEqual([process.pid, process.pid]);
    expect(await readdir(folder)).toEqual([]);
  });

  it("gives the lock back when the work fails", async () => {
    const { folder, lock } = await lockOf();
    await expect(lock(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(await readdir(folder)).toEqual([]);
  });

  it("takes over at once from a process that is gone, and only one of many does", async () => {
    const { folder, lock, waited } = await lockOf({ pid: NO_PID, host: hostname(), token: "a" });
    let working = 0;
    const work = async (): Promise<void> => {
      working += 1;
      expect(working).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      working -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => lock(work)));
    expect(waited).not.toContain(NO_PID);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ["another machine's process", { pid: NO_PID, host: "elsewhere", token: "a" }, NO_PID],
    ["a lock that is just being written", "", undefined],
    ["a lock that is no object", "7", undefined],
    ["a lock with something else in it", { pid: "1", host: 2, token: 3 }, undefined],
  ])("waits for %s, until the signal is aborted", async (_, content, pid) => {
    const { path, lock, waited } = await lockOf(content);
    const before = await readFile(path, "utf8");
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error("enough")), 400);
    await expect(lock(() => Promise.resolve(), stop.signal)).rejects.toThrow("enough");
    expect(waited).toEqual([pid]);
    expect(await readFile(path, "utf8")).toBe(before);
  });
});
