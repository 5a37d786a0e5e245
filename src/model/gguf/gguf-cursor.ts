import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ModelError } from "../../errors.ts";
import { describeError, errorCode } from "../../fs/system-error.ts";

const WINDOW_BYTES = 1 << 20;

/**
 * Reads a file's numbers and strings one after another, never past its end: a GGUF is untrusted, and a count in it may
 * claim anything. Nothing is allocated for a length that the file does not have. Little-endian, as GGUF is.
 */
export class GgufCursor {
  readonly path: string;
  readonly fileBytes: number;
  readonly #descriptor: number;
  #window: Buffer = Buffer.alloc(0);
  /** Of the window, from the beginning of the file. */
  #windowStart = 0;
  #position = 0;

  /** Throws ModelError when there is no such file, or it may not be read, or is none. */
  constructor(path: string) {
    this.path = path;
    this.#descriptor = openFile(path);
    const found = fstatSync(this.#descriptor);
    this.fileBytes = found.size;
    if (found.isFile()) return;
    this.close();
    throw new ModelError(
      `${path} is ${found.isDirectory() ? "a folder" : "not a file"}, expected a GGUF file`,
      {
        hint: "name the .gguf file itself",
      },
    );
  }

  get position(): number {
    return this.#position;
  }

  get remainingBytes(): number {
    return this.fileBytes - this.#position;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  u32(): number {
    return this.bytes(4).readUInt32LE();
  }

  /** A length or a count. Throws ModelError beyond 2^53, which no file has. */
  u64(): number {
    const bytes = this.bytes(8);
    const value = bytes.readUInt32LE() + bytes.readUInt32LE(4) * 2 ** 32;
    if (!Number.isSafeInteger(value)) throw this.damaged(`it claims a size of ${value}`);
    return value;
  }

  string(): string {
    return this.bytes(this.u64()).toString("utf8");
  }

  skip(count: number): void {
    this.#require(count);
    this.#position += count;
  }

  /** Valid until the next call. */
  bytes(count: number): Buffer {
    this.#require(count);
    const windowEnd = this.#windowStart + this.#window.length;
    if (this.#position < this.#windowStart || this.#position + count > windowEnd) this.#fill(count);
    const start = this.#position - this.#windowStart;
    this.#position += count;
    return this.#window.subarray(start, start + count);
  }

  /** Bytes at some other place, without moving there. */
  bytesAt(position: number, count: number): Buffer {
    const buffer = Buffer.alloc(Math.max(0, Math.min(count, this.fileBytes - position)));
    return buffer.subarray(0, readSync(this.#descriptor, buffer, 0, buffer.length, position));
  }

  damaged(what: string): ModelError {
    return new ModelError(`${this.path} is damaged: ${what}`, {
      hint: "delete it and pull it again: focus model pull, or download it anew",
    });
  }

  #require(count: number): void {
    if (count <= this.remainingBytes) return;
    throw this.damaged(
      `its header needs ${count} bytes at byte ${this.#position}, but the file has ${this.fileBytes} bytes`,
    );
  }

  #fill(count: number): void {
    this.#windowStart = this.#position;
    this.#window = this.bytesAt(this.#position, Math.max(count, WINDOW_BYTES));
    if (this.#window.length < count) throw this.damaged("it changed while it was read");
  }
}

function openFile(path: string): number {
  try {
    return openSync(path, "r");
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause;
    throw new ModelError(`${path} cannot be opened: ${describeError(cause)}`, {
      hint: "see what is here: focus model list",
      cause,
    });
  }
}
