import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ModelError } from "../../errors.ts";
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

async function download(uri: string, directory: string, { signal, onProgress }: Transfer): Promise<string> {
  const { resolveModelFile } = await import("node-llama-cpp");
  try {
    return await resolveModelFile(uri, {
      directory,
      cli: false,
      download: "auto",
      deleteTempFileOnCancel: false,
      signal,
      onProgress: ({ totalSize, downloadedSize }) =>
        onProgress({ doneBytes: downloadedSize, totalBytes: totalSize, phase: "download" }),
    });
  } catch (cause) {
    signal.throwIfAborted();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ModelError(`${uri} could not be pulled from the hub: ${reason}`, {
      hint: "check the name and the network; set HF_TOKEN for a gated model, HF_ENDPOINT for a mirror",
      cause,
    });
  }
}

/** All files of a GGUF that is split into `…-00001-of-00003.gguf`; the file itself when it is not. */
async function splitParts(entry: string, uri: string): Promise<readonly string[]> {
  const match = /^(.*)-00001-of-(\d{5})\.gguf$/u.exec(entry);
  if (match === null) return [entry];
  const [, stem, count] = match;
  const names = Array.from({ length: Number(count) }, (_, index) => {
    return `${stem}-${String(index + 1).padStart(5, "0")}-of-${count}.gguf`;
  });
  for (const name of names) {
    if ((await stat(name).catch(() => undefined)) === undefined) {
      throw new ModelError(
        `${uri} is split into ${names.length} files, and ${name.slice(dirname(name).length + 1)} is missing`,
      );
    }
  }
  return names;
}
