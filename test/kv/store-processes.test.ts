import { execFile, spawn } from "node:child_process";
import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { listChunks } from "../../src/kv/store/store-layout.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { childScript, compileKv, ended, spawnNode } from "./child.ts";
import { keyOf, openTestStore } from "./stored.ts";

async function prepared(body: string): Promise<{ readonly script: string; readonly dir: string }> {
  const folder = await tempFolder();
  await compileKv(folder);
  return { script: await childScript(folder, body), dir: join(folder, "store") };
}

describe("several processes", () => {
  it("write the same chunks at the same time, and every chunk is whole", async () => {
    const { script, dir } = await prepared(`
      const store = await open(process.argv[2]);
      for (let n = 0; n < 12; n += 1) if (!(await keep(store, n, 200_000))) console.log("not kept", n);
    `);
    const children = [1, 2, 3].map(() => ended(spawnNode(script, [dir])));
    for (const { code, text } of await Promise.all(children)) expect([code, text]).toEqual([0, ""]);
    const { store, warnings } = await openTestStore(dir);
    for (let n = 0; n < 12; n += 1) expect(await store.load(keyOf(n)), `chunk ${n}`).toBeDefined();
    expect(warnings).toEqual([]);
    expect((await listChunks(dir)).length).toBe(12);
    expect(await readdir(join(dir, "v1", "temporary"))).toEqual([]);
  });

  it("evict while another loads: a hit is whole, and anything else is a miss without a warning", async () => {
    const { script, dir } = await prepared(`
      // A new store for each chunk: a run never evicts what it wrote itself.
      for (let n = 0; n < 40; n += 1) {
        await keep(await open(process.argv[2], { budgetBytes: 1_000_000 }), n, 100_000);
      }
    `);
    const child = spawnNode(script, [dir]);
    const writer = ended(child);
    const { store, warnings } = await openTestStore(dir, { budgetBytes: 1_000_000 });
    let hits = 0;
    while (child.exitCode === null) {
      for (let n = 0; n < 40; n += 1) if ((await store.load(keyOf(n))) !== undefined) hits += 1;
    }
    expect((await writer).code).toBe(0);
    expect(hits).toBeGreaterThan(0);
    expect((await listChunks(dir)).length).toBe(9);
    expect(warnings).toEqual([]);
  });
});

/** Makes unfinished files look as if nothing had been written to them for so long that no process can be at work. */
async function ageUnfinished(dir: string): Promise<void> {
  const folder = join(dir, "v1", "temporary");
  for (const name of await readdir(folder)) await utimes(join(folder, name), new Date(0), new Date(0));
}

describe("a process that is killed", () => {
  it("while it writes leaves a temporary file at most, which a later one deletes", async () => {
    const { script, dir } = await prepared(`
      const store = await open(process.argv[2]);
      await keep(store, 1, 100_000);
      await writeFile(process.argv[2] + "/v1/temporary/" + process.pid + "-0123456789abcdef.part", Buffer.alloc(1_000_000));
      console.log("half-way");
      setInterval(() => {}, 1000);
    `);
    const child = spawnNode(script, [dir]);
    const end = ended(child);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    expect((await readdir(join(dir, "v1", "temporary"))).length).toBe(1);
    child.kill("SIGKILL");
    expect((await end).signal).toBe("SIGKILL");
    await ageUnfinished(dir);
    const { store, warnings } = await openTestStore(dir);
    expect(await readdir(join(dir, "v1", "temporary"))).toEqual([]);
    expect((await listChunks(dir)).length).toBe(1);
    expect([await store.load(keyOf(1)), warnings]).toEqual([Buffer.alloc(100_000, 1), []]);
  });

  it("at any moment of a run of commits leaves only whole chunks", async () => {
    const { script, dir } = await prepared(`
      const store = await open(process.argv[2]);
      console.log("open");
      for (let n = 0; ; n = (n + 1) % 200) await keep(store, n, 300_000 + n);
    `);
    for (const delayMs of [0, 3, 9, 20, 41, 77]) {
      const child = spawnNode(script, [dir]);
      const end = ended(child);
      await new Promise((resolve) => child.stdout?.once("data", resolve));
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      child.kill("SIGKILL");
      await end;
    }
    await ageUnfinished(dir);
    const { store, warnings } = await openTestStore(dir);
    const chunks = await listChunks(dir);
    expect(chunks.length).toBeGreaterThan(0);
    for (const { key } of chunks) expect(await store.load(key)).toBeDefined();
    expect(warnings).toEqual([]);
    expect(await readdir(join(dir, "v1", "temporary"))).toEqual([]);
  });
});

describe("a full disk", () => {
  const body = `
    const store = await open(process.argv[2]);
    const first = await keep(store, 1, 500_000);
    await keep(store, 2, 900_000);
    console.log(JSON.stringify([first, store.writable, store.reason, await keep(store, 3, 1)]));
    console.log(await store.load(keyOf(1)) !== undefined);
  `;
  const expected =
    /^warning: the KV store in .+ cannot be written \((.+)\): what is read .+\n\[true,false,"\1",false\]\ntrue\n$/u;

  it("turns the store off once, and what is stored can still be read (a limit on file sizes)", async ({
    skip,
  }) => {
    skip(process.platform === "win32", "ulimit is of POSIX shells");
    const { script, dir } = await prepared(body.replace("900_000", "1_900_000"));
    // In blocks of 512 or 1024 bytes, by the shell: between 500,000 and 1,900,000 bytes either way.
    const child = spawn("sh", ["-c", 'ulimit -f 1400; exec "$0" "$@"', process.execPath, script, dir]);
    const { code, text } = await ended(child);
    expect([code, text]).toEqual([0, expect.stringMatching(expected)]);
  });

  it("is a store without room: what fits is kept, and the rest is not, without a word (a disk of 1 MB)", async ({
    skip,
  }) => {
    const inside = ["-rm", "sh", "-c"];
    const canMount = await promisify(execFile)("unshare", [...inside, "mount -t tmpfs tmpfs /mnt"]).then(
      () => true,
      () => false,
    );
    skip(!canMount, "a small disk needs Linux with user namespaces (unshare -rm, mount): not tried here");
    const { script, dir } = await prepared(body);
    const mount = 'mkdir -p "$2" && mount -t tmpfs -o size=1m tmpfs "$2" && exec "$0" "$@"';
    const { code, text } = await ended(spawn("unshare", [...inside, mount, process.execPath, script, dir]));
    expect([code, text]).toEqual([0, "[true,true,null,true]\ntrue\n"]);
  });

  it("is noticed when it is a disk that may only be read", async ({ skip }) => {
    const inside = ["-rm", "sh", "-c"];
    const canMount = await promisify(execFile)("unshare", [...inside, "mount -t tmpfs tmpfs /mnt"]).then(
      () => true,
      () => false,
    );
    skip(!canMount, "a read-only disk needs Linux with user namespaces (unshare -rm, mount): not tried here");
    const { script, dir } = await prepared(`
      const store = await open(process.argv[2]);
      console.log(JSON.stringify([store.writable, store.reason, await keep(store, 1, 1)]));
    `);
    const mount = 'mkdir -p "$2" && mount -t tmpfs -o ro tmpfs "$2" && exec "$0" "$@"';
    const { code, text } = await ended(spawn("unshare", [...inside, mount, process.execPath, script, dir]));
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('[false,"the file system is read-only",false]'),
    ]);
  });
});
