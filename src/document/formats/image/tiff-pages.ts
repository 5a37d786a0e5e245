/** Offset of the header's pointer to the first directory (TIFF 6.0, section 2). */
const FIRST = 4;
const ENTRY_BYTES = 12;
/** More than any scanner writes; a damaged chain may be as long as the file. */
const MOST_PAGES = 10_000;
/** NewSubfileType, and its bits for a smaller copy of another picture and for a mask. */
const [SUBFILE_TYPE, NO_PAGE] = [254, 0b101];

export type TiffPages = {
  /** A file for each page, whose first page it is. */
  readonly pages: readonly (() => Uint8Array)[];
  /** Whether the list of pages leads out of the file, or goes on too long. */
  readonly isDamaged: boolean;
};

export function isTiff(bytes: Uint8Array): boolean {
  return /^(?:II\*\0|MM\0\*)/.test(Buffer.from(bytes.subarray(0, 4)).toString("latin1"));
}

/** The pages of a TIFF file, which readers of one picture take for its first page alone. */
export function readTiffPages(bytes: Uint8Array): TiffPages {
  const { offsets, isDamaged } = readDirectories(bytes);
  return { pages: offsets.map((offset) => () => withFirst(bytes, offset)), isDamaged };
}

function readDirectories(bytes: Uint8Array): {
  readonly offsets: readonly number[];
  readonly isDamaged: boolean;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[0] === 0x49;
  const seen = new Set<number>();
  const offsets: number[] = [];
  try {
    for (let at = view.getUint32(FIRST, isLittle); at !== 0; ) {
      if (seen.has(at) || seen.size === MOST_PAGES) return { offsets, isDamaged: true };
      seen.add(at);
      const end = at + 2 + view.getUint16(at, isLittle) * ENTRY_BYTES;
      const next = view.getUint32(end, isLittle);
      if ((subfileType(view, { from: at + 2, end, isLittle }) & NO_PAGE) === 0) offsets.push(at);
      at = next;
    }
  } catch (error) {
    // Outside of the file.
    if (!(error instanceof RangeError)) throw error;
    return { offsets, isDamaged: true };
  }
  return { offsets, isDamaged: false };
}

type Entries = { readonly from: number; readonly end: number; readonly isLittle: boolean };

function subfileType(view: DataView, { from, end, isLittle }: Entries): number {
  for (let at = from; at < end; at += ENTRY_BYTES)
    if (view.getUint16(at, isLittle) === SUBFILE_TYPE) return view.getUint32(at + 8, isLittle);
  return 0;
}

function withFirst(bytes: Uint8Array, offset: number): Uint8Array {
  const copy = new Uint8Array(bytes);
  const isLittle = copy[0] === 0x49;
  new DataView(copy.buffer).setUint32(FIRST, offset, isLittle);
  return copy;
}
