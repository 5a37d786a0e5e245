import { crc32, deflateSync } from "node:zlib";

/** Pixels of a page: (height * strideBytes) bytes, four to a pixel: blue, green, red and one that is not used. */
export type Bitmap = {
  readonly width: number;
  readonly height: number;
  readonly strideBytes: number;
  readonly bgrx: Uint8Array;
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Colour types of a PNG (ISO/IEC 15948, 11.2.2). */
const COLOUR = 2;
const PALETTE = 3;

/**
 * Encodes a PNG (ISO/IEC 15948). With 16 steps a channel, which is enough for print, most pages have so few colours that
 * a palette holds them; the others keep their 24 bits.
 */
export function encodePng(bitmap: Bitmap): Uint8Array {
  const palette = paletteOf(bitmap);
  if (palette === undefined) return assemble(bitmap, { type: COLOUR, bits: 8, rows: colourRows(bitmap) });
  const bits = palette.size <= 16 ? 4 : 8;
  const rows = paletteRows(bitmap, palette, bits);
  return assemble(bitmap, {
    type: PALETTE,
    bits,
    rows,
    colours: Buffer.from([...palette.keys()].flatMap(channels)),
  });
}

type Encoded = {
  readonly type: number;
  /** Of one sample. */
  readonly bits: number;
  readonly rows: Uint8Array;
  readonly colours?: Uint8Array;
};

function assemble({ width, height }: Bitmap, { type, bits, rows, colours }: Encoded): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bits, type, 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    part("IHDR", header),
    ...(colours === undefined ? [] : [part("PLTE", colours)]),
    part("IDAT", deflateSync(rows, { level: 9 })),
    part("IEND", Buffer.alloc(0)),
  ]);
}

function part(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  out.set(body, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A pixel's colour in 12 bits, four a channel: red, green, blue. */
function colourAt(bgrx: Uint8Array, at: number): number {
  const [blue = 0, green = 0, red = 0] = [bgrx[at], bgrx[at + 1], bgrx[at + 2]];
  return (step(red) << 8) | (step(green) << 4) | step(blue);
}

/** The nearest of 16 steps, so that white stays white. */
function step(value: number): number {
  return Math.round(value / 17);
}

/** (3) bytes. */
function channels(colour: number): number[] {
  return [17 * (colour >> 8), 17 * ((colour >> 4) & 15), 17 * (colour & 15)];
}

/** Colour → its number; undefined for more colours than a palette has. */
function paletteOf({ width, height, strideBytes, bgrx }: Bitmap): Map<number, number> | undefined {
  const palette = new Map<number, number>();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const colour = colourAt(bgrx, y * strideBytes + 4 * x);
      if (palette.has(colour)) continue;
      if (palette.size === 256) return undefined;
      palette.set(colour, palette.size);
    }
  }
  return palette;
}

/** With four bits two pixels a byte; each row begins with its filter, which is 0: none. */
function paletteRows(
  { width, height, strideBytes, bgrx }: Bitmap,
  palette: ReadonlyMap<number, number>,
  bits: 4 | 8,
): Uint8Array {
  const perByte = 8 / bits;
  const rowBytes = 1 + Math.ceil(width / perByte);
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const number = palette.get(colourAt(bgrx, y * strideBytes + 4 * x)) ?? 0;
      const at = y * rowBytes + 1 + Math.floor(x / perByte);
      rows[at] = (rows[at] ?? 0) | (bits === 4 && x % 2 === 0 ? number << 4 : number);
    }
  }
  return rows;
}

/** Three bytes a pixel, each less the pixel before it (filter 1): pictures change little from pixel to pixel. */
function colourRows({ width, height, strideBytes, bgrx }: Bitmap): Uint8Array {
  const rowBytes = 1 + 3 * width;
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y += 1) {
    rows[y * rowBytes] = 1;
    for (let x = 0; x < width; x += 1) {
      const from = y * strideBytes + 4 * x;
      for (let channel = 0; channel < 3; channel += 1) {
        const value = bgrx[from + 2 - channel] ?? 0;
        const before = x === 0 ? 0 : (bgrx[from - 2 - channel] ?? 0);
        rows[y * rowBytes + 1 + 3 * x + channel] = value - before;
      }
    }
  }
  return rows;
}
