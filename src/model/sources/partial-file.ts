import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unlessMissing } from "../../fs/system-error.ts";
import type { Answer, Have } from "./http-answer.ts";

/** A download on disk: its bytes so far, and a note of what they are a part of. */
export class PartialFile {
  readonly #url: string;
  readonly #data: string;
  readonly #note: string;

  constructor(workDir: string, url: string) {
    this.#url = url;
    this.#data = join(workDir, "download.part");
    this.#note = join(workDir, "download.json");
  }

  async have(): Promise<Have> {
    const found = await unlessMissing(stat(this.#data));
    const note = parseNote((await unlessMissing(readFile(this.#note, "utf8"))) ?? "");
    if (found === undefined || note?.url !== this.#url) return { bytes: 0 };
    const { validator, totalBytes } = note;
    return {
      bytes: found.size,
      ...(validator === undefined ? {} : { validator }),
      ...(totalBytes === undefined ? {} : { totalBytes }),
    };
  }

  /** Writes an answer's bytes at their place; `onBytes` gets the number of all that are here after each piece. */
  async write(
    { startBytes, validator, totalBytes }: Answer,
    body: AsyncIterable<Uint8Array>,
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    // In this order: bytes without a note are not believed, and old ones must not meet a new note.
    if (startBytes === 0) await this.clear();
    await using data = await open(this.#data, "a");
    await writeFile(this.#note, JSON.stringify({ url: this.#url, validator, totalBytes }));
    let bytes = startBytes;
    for await (const piece of body) {
      await data.writeFile(piece);
      bytes += piece.length;
      onBytes(bytes);
    }
  }

  async clear(): Promise<void> {
    await rm(this.#note, { force: true });
    await rm(this.#data, { force: true });
  }

  /** Gives the whole download its name. */
  async finish(path: string): Promise<void> {
    await rename(this.#data, path);
    await rm(this.#note, { force: true });
  }
}

type Note = { readonly url: string; readonly validator?: string; readonly totalBytes?: number };

/** Undefined for a note that is not there, or was being written when its process ended. */
function parseNote(text: string): Note | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null || !("url" in value) || typeof value.url !== "string") {
      return undefined;
    }
    return {
      url: value.url,
      ...("validator" in value && typeof value.validator === "string" ? { validator: value.validator } : {}),
      ...("totalBytes" in value && typeof value.totalBytes === "number"
        ? { totalBytes: value.totalBytes }
        : {}),
    };
  } catch {
    return undefined;
  }
}
