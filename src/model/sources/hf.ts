import { mkdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ModelError } from "../../errors.ts";
import { parsePartName, partName } from "../gguf/gguf-parts.ts";
import { connectionFailure } from "./http-answer.ts";
import type { Source } from "./source.ts";
import {
  type Fetched,
  hashFile,
  readHead,
  refuseUnlessGguf,
  refuseWrongHash,
  type Transfer,
} from "./transfer.ts";

type HfSource = Extract<Source, { kind: "hf" }>;

/** Whether node-llama-cpp resolves it on the model hub: `hf:user/model:quant`, `hf:user/model/file.gguf`, or a hub address. */
export function isHubUri(wanted: string): boolean {
  return /^(?:hf:|huggingface:|(?:https:\/\/)?(?:hf\.co|huggingface\.co)\/)/u.test(wanted);
}

/**
 * Downloads from the model hub through node-llama-cpp, which honours HF_TOKEN, HF_HOME, HF_ENDPOINT and MODEL_ENDPOINT,
 * goes on with a download that was interrupted, and compares sizes; a hash is compared only where one is pinned.
 * Throws ModelError.
 */
export async function fetchFromHub(source: HfSource, transfer: Transfer): Promise<Fetched> {
  await requireHub(transfer.signal);
  const directory = join(transfer.workDir, "hub");
  await mkdir(directory, { recursive: true });
  const entry = await download(source.uri, directory, transfer);
  refuseUnlessGguf(await readHead(entry, 4), source.uri);
  const paths = await splitParts(entry, source.uri);
  if (paths.length > 1) return { paths };
  const sha256 = await hashFile(entry, transfer);
  refuseWrongHash(sha256, source.sha256, source.uri);
  return { paths, sha256 };
}

async function download(uri: string, directory: string, transfer: Transfer): Promise<string> {
  const { resolveModelFile } = await import("node-llama-cpp");
  const silence = new Silence();
  try {
    return await resolveModelFile(uri, {
      directory,
      cli: false,
      download: "auto",
      deleteTempFileOnCancel: false,
      signal: AbortSignal.any([transfer.signal, silence.signal]),
      onProgress: ({ totalSize, downloadedSize }) => {
        silence.broken(downloadedSize);
        transfer.onProgress({ doneBytes: downloadedSize, totalBytes: totalSize, phase: "download" });
      },
    });
  } catch (cause) {
    transfer.signal.throwIfAborted();
    const quiet = `nothing came for ${SILENT_MS / 1000} s`;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(
      `${uri} could not be pulled from the hub: ${silence.signal.aborted ? quiet : said}`,
      {
        hint: "check the name and the network; set HF_TOKEN for a gated model, HF_ENDPOINT for a mirror",
        cause,
      },
    );
  } finally {
    silence.end();
  }
}

/** node-llama-cpp takes the first of these that is set. */
const ENDPOINTS = ["MODEL_ENDPOINT", "HF_ENDPOINT"];
const DEFAULT_ENDPOINT = "https://huggingface.co/";
const ANSWER_MS = 20_000;

/** node-llama-cpp tries a hub that it cannot reach for many minutes without a word; whatever it answers will do here. */
async function requireHub(signal: AbortSignal): Promise<void> {
  const endpoint = ENDPOINTS.map((name) => process.env[name]).find(Boolean) ?? DEFAULT_ENDPOINT;
  try {
    const response = await fetch(endpoint, {
      method: "HEAD",
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    await response.body?.cancel();
  } catch (cause) {
    signal.throwIfAborted();
    throw new ModelError(`the hub cannot be reached: ${connectionFailure(endpoint, cause).message}`, {
      hint: "check the network; set HF_ENDPOINT for a mirror, or download a GGUF yourself: --model PATH",
      cause,
    });
  }
}

const SILENT_MS = 60_000;

/** Aborts its signal when no new bytes have come for a while. */
class Silence {
  readonly #controller = new AbortController();
  readonly #timer = setTimeout(() => this.#controller.abort(), SILENT_MS);
  #bytes = 0;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  broken(bytes: number): void {
    if (bytes !== this.#bytes) this.#timer.refresh();
    this.#bytes = bytes;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** All files of a GGUF that is split, of which `entry` is the first; the file itself when it is not. */
async function splitParts(entry: string, uri: string): Promise<readonly string[]> {
  const part = parsePartName(basename(entry));
  if (part?.number !== 1) return [entry];
  const names = Array.from({ length: part.count }, (_, i) => partName({ ...part, number: i + 1 }));
  for (const name of names) {
    if ((await stat(join(dirname(entry), name)).catch(() => undefined)) === undefined) {
      throw new ModelError(`${uri} is split into ${names.length} files, and ${name} is missing`);
    }
  }
  return names.map((name) => join(dirname(entry), name));
}
