import { execFile, spawn } from "node:child_process";
import { readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../../helpers/temp-folder.ts";
import { compileRooms, ended } from "../../kv/child.ts";
import { makeGguf, modelValues } from "../make-gguf.ts";

const Q4_1 = 3;
/** 400 KB as Q4_1, 680 KB as Q8_0. */
const BLOCKS = 20_000;
const MODEL = makeGguf({
  values: modelValues("llama"),
  tensors: [{ name: "a", dimensions: [32, BLOCKS], type: Q4_1, data: Buffer.alloc(20 * BLOCKS) }],
});

const SCRIPT = `
import { fasterCopy } from "./model/faster/faster-copy.js";
const [path, dir] = process.argv.slice(2);
const signal = new AbortController().signal;
const used = await fasterCopy(path, { dir, signal, onNotice: (notice) => console.log("notice: " + notice) });
console.log(used === path ? "the model itself" : "its copy");
`;

/** Arguments of a process that has a faster copy of a model made, or takes the one that is there. */
async function prepared() {
  const folder = await tempFolder({ "model.gguf": MODEL });
  await compileRooms(folder, ["fs", "kv", "model"]);
  const script = join(folder, "copy.js");
  await writeFile(script, SCRIPT);
  const copies = join(folder, "copies");
  return { copies, args: [process.execPath, script, join(folder, "model.gguf"), copies] };
}

describe("fasterCopy", () => {
  it("publishes nothing where the disk takes a part of it (a limit on file sizes)", async ({ skip }) => {
    skip(process.platform === "win32", "ulimit is of POSIX shells");
    const { copies, args } = await prepared();
    // In blocks of 512 or 1024 bytes, by the shell: below 680 KB either way.
    const { text } = await ended(spawn("sh", ["-c", 'ulimit -f 400; exec "$@"', "sh", ...args]));
    expect(text).toMatch(/^notice: no faster copy of the model could be written .+\nthe model itself\n$/u);
    expect(await readdir(copies)).toEqual([]);
  });

  it("takes a copy that it may read and not change", async ({ skip }) => {
    const inside = ["-rm", "sh", "-c"];
    const canMount = await promisify(execFile)("unshare", [...inside, "mount -t tmpfs tmpfs /mnt"]).then(
      () => true,
      () => false,
    );
    skip(
      !canMount,
      "a read-only folder needs Linux with user namespaces (unshare -rm, mount): not tried here",
    );
    const { copies, args } = await prepared();
    const [command = "", ...rest] = args;
    expect((await ended(spawn(command, rest))).text).toBe("its copy\n");
    const [copy = ""] = await readdir(copies);
    await utimes(join(copies, copy), 1, 1);
    const mount = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"';
    const second = await ended(spawn("unshare", [...inside, mount, "sh", copies, ...args]));
    expect(second.text).toBe("its copy\n");
  });
});
