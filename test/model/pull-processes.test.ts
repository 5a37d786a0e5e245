import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { listModels, pullModel } from "../../src/model/files.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { compilePull, spawnPull } from "./child.ts";
import { makeModel } from "./make-gguf.ts";
import { modelServer } from "./model-server.ts";

const MODEL = makeModel("llama", { padding: "x".repeat(1_000_000) });

async function prepared(delayMs: number) {
  const folder = await tempFolder();
  const script = await compilePull(folder);
  return { script, dir: join(folder, "models"), server: await modelServer({ body: MODEL, delayMs }) };
}

describe("several processes that pull the same model", () => {
  it("download it once: the others wait, say so, and find it there", async () => {
    const { script, dir, server } = await prepared(50); // longer than a busy machine takes to start the others
    const pulls = [1, 2, 3].map(() => spawnPull(script, server.url, dir));
    expect(await Promise.all(pulls.map(({ ended }) => ended))).toEqual([0, 0, 0]);
    expect(server.seen.length).toBe(1);
    const [model] = await listModels(dir);
    expect(pulls.map(({ lines }) => lines.at(-1))).toEqual(Array(3).fill(`path: ${model?.path}`));
    expect((await readFile(model?.path ?? "")).equals(MODEL)).toBe(true);
    const waited = pulls.filter(({ lines }) =>
      /^notice: process \d+ is pulling .+: waiting for it$/u.test(lines[0] ?? ""),
    );
    expect(waited.length).toBe(2);
    expect(await readdir(join(dir, ".pull"))).toEqual([]);
  });

  it("take over when the one that pulls is killed, and go on where it was", async () => {
    const { script, dir, server } = await prepared(20);
    const first = spawnPull(script, server.url, dir);
    await vi.waitFor(() => expect(first.lines).toContain("started"), 10_000);
    const second = spawnPull(script, server.url, dir);
    await vi.waitFor(() => expect(second.lines[0]).toMatch(/waiting for it$/u), 10_000);
    first.child.kill("SIGKILL");
    await first.ended;
    server.behave({ delayMs: 0 });
    expect(await second.ended).toBe(0);
    expect(server.seen.map(({ status }) => status)).toEqual([200, 206]);
    const [model] = await listModels(dir);
    expect((await readFile(model?.path ?? "")).equals(MODEL)).toBe(true);
  });
});

describe("a process that is killed while it pulls", () => {
  it("leaves no model, and the next one goes on where it was", async () => {
    const { script, dir, server } = await prepared(20);
    for (const _ of [1, 2]) {
      const { child, lines, ended } = spawnPull(script, server.url, dir);
      await vi.waitFor(() => expect(lines).toContain("started"), 10_000);
      child.kill("SIGKILL");
      await ended;
      expect(await listModels(dir)).toEqual([]);
    }
    server.behave({ delayMs: 0 });
    const notices: string[] = [];
    const { path } = await pullModel(server.url, { dir, onNotice: (notice) => notices.push(notice) });
    expect((await readFile(path)).equals(MODEL)).toBe(true);
    expect(server.seen.map(({ status }) => status)).toEqual([200, 206, 206]);
    expect(notices).toEqual([
      expect.stringMatching(/^pulling \S+ from http/u),
      expect.stringMatching(/^pulled /u),
    ]);
    expect(await readdir(join(dir, ".pull"))).toEqual([]);
  });
});
