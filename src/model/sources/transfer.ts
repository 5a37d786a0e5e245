import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { ModelError } from "../../errors.ts";

/** How far a pull is, in bytes of the phase at hand. */
export type PullProgress = {
  readonly doneBytes: number;
  /** Absent when the source does not say. */
  readonly totalBytes?: number;
  readonly phase: "download" | "join" | "verify";
};

/** What every source needs to fetch one model. */
export type Transfer = {
  /** Folder of this model's pull alone; what lies in it survives an interruption. */
  readonly workDir: string;
  /** Size of the model as the catalogue has it, where it does. */
  readonly expectedBytes?: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PullProgress) => void;
};

/** A model that a source has brought, still in the work folder. */
export type Fetched = {
  /** One file, or the parts of a split GGUF in order. */
  readonly paths: readonly string[];
  /** Of the file, where it is a single one. */
  readonly sha256?: string;
};

/** First four bytes of every GGUF file: GGUF_MAGIC, ggml/include/gguf.h. */
export const GGUF_MAGIC = "GGUF";

/** Throws ModelError unless these are the first bytes of a GGUF file; `origin` is what they were read from. */
export function refuseUnlessGguf(head: Uint8Array, origin: string): void {
  const start = Buffer.from(head.subarray(0, GGUF_MAGIC.length)).toString("latin1");
  if (start === GGUF_MAGIC) return;
  const shown = /^[\x20-\x7e]+$/u.test(start)
    ? JSON.stringify(start)
    : `bytes 0x${Buffer.from(start, "latin1").toString("hex")}`;
  throw new ModelError(
    start === ""
      ? `${origin} is empty, expected a GGUF file`
      : `${origin} is not a GGUF file: it starts with ${shown}`,
    { hint: "name a file that ends in .gguf, not the page that shows it" },
  );
}

/** The first bytes of a file. */
export async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  await using file = await open(path);
  const head = new Uint8Array(bytes);
  const { bytesRead } = await file.read(head, 0, bytes, 0);
  return head.subarray(0, bytesRead);
}

/** SHA-256 of a file in hex; progress is that of phase "verify". */
export async function hashFile(
  path: string,
  { signal, onProgress }: Pick<Transfer, "signal" | "onProgress">,
): Promise<string> {
  const totalBytes = (await stat(path)).size;
  const hash = createHash("sha256");
  let doneBytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk);
    doneBytes += chunk.length;
    onProgress({ doneBytes, totalBytes, phase: "verify" });
  }
  return hash.digest("hex");
}

/** Throws ModelError when what came is not what was pinned. */
export function refuseWrongHash(found: string, expected: string | undefined, origin: string): void {
  if (expected === undefined || found === expected) return;
  throw new ModelError(`${origin} has SHA-256 ${found}, expected ${expected}: it was not kept`, {
    hint: "pull again; if it differs again, the source now serves another file: please report it",
  });
}
