import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Recognised } from "../document/recognition.ts";
import { folderTally } from "../fs/folder-tally.ts";
import { publishText } from "../fs/publish.ts";
import { unlessMissing } from "../fs/system-error.ts";
import { ENGINE } from "./folder.ts";

/** Recognised texts on the disk, by the content of the picture, the languages and the release of the engine. */
export class KeptTexts {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  static key(picture: Uint8Array, languages: readonly string[]): string {
    return createHash("sha256")
      .update(`${ENGINE.version} ${languages.join("+")}\n`)
      .update(picture)
      .digest("hex");
  }

  /** Undefined where there is none, or a damaged one. */
  async get(key: string): Promise<Recognised | undefined> {
    const json = await unlessMissing(readFile(this.#path(key), "utf8"));
    if (json === undefined) return undefined;
    try {
      const { text, confidence } = JSON.parse(json) as Partial<Recognised>;
      return typeof text === "string" && typeof confidence === "number" ? { text, confidence } : undefined;
    } catch {
      return undefined;
    }
  }

  /** Throws what the file system throws. */
  async put(key: string, recognised: Recognised): Promise<void> {
    await publishText(this.#path(key), JSON.stringify(recognised), 0o600);
  }

  /** How many there are, and the bytes of all of them. Throws what the file system throws. */
  async tally(): Promise<{ readonly files: number; readonly bytes: number }> {
    return folderTally(this.#dir);
  }

  async clear(): Promise<void> {
    await rm(this.#dir, { recursive: true, force: true });
  }

  #path(key: string): string {
    return join(this.#dir, `${key}.json`);
  }
}
