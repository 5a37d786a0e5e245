import { KvStoreError } from "../../errors.ts";
import type { ByteSource } from "./byte-source.ts";

/** Goes through the head of a state file; holds the place in the file, and refuses to read beyond its end. */
export class StateReader {
  readonly #source: ByteSource;
  #offset = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  get offset(): number {
    return this.#offset;
  }

  /** (count) u32 from here on. The caller bounds `count`; what the file cannot hold is never allocated. */
  async u32Array(count: number): Promise<Uint32Array> {
    const bytes = await this.#take(count * 4);
    return Uint32Array.from({ length: count }, (_, i) => bytes.readUInt32LE(i * 4));
  }

  /** Type and size in front of a layer's rows: i32, u64. */
  async rowsHeader(): Promise<{ readonly type: number; readonly rowBytes: bigint }> {
    const bytes = await this.#take(12);
    return { type: bytes.readInt32LE(0), rowBytes: bytes.readBigUInt64LE(4) };
  }

  skip(bytes: number): void {
    this.#offset += bytes;
  }

  require(what: string, wanted: number | bigint, found: number | bigint | undefined): void {
    if (found !== wanted) this.refuse(`${what} ${wanted}`, String(found));
  }

  refuse(wanted: string, found: string): never {
    throw new KvStoreError(`state file ${this.#source.name}: wanted ${wanted}, found ${found}`);
  }

  async #take(bytes: number): Promise<Buffer> {
    const end = this.#offset + bytes;
    if (end > this.#source.sizeBytes) this.refuse(`at least ${end} bytes`, String(this.#source.sizeBytes));
    const target = Buffer.alloc(bytes);
    await this.#source.readInto(target, this.#offset);
    this.#offset = end;
    return target;
  }
}
