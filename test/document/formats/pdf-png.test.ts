import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../../src/document/formats/pdf/png.ts";

type Rgb = readonly [number, number, number];

/** Pixels row by row, with rows that are longer than their pixels. */
function bitmapOf(width: number, pixels: readonly Rgb[]) {
  const height = pixels.length / width;
  const strideBytes = 4 * width + 4;
  const bgrx = new Uint8Array(strideBytes * height);
  for (const [i, [red, green, blue]] of pixels.entries()) {
    bgrx.set([blue, green, red, 255], Math.floor(i / width) * strideBytes + 4 * (i % width));
  }
  return { width, height, strideBytes, bgrx };
}

/** A decoder for the two kinds of PNG that are written, by the book (ISO/IEC 15948). */
function decode(png: Uint8Array): Rgb[] {
  const parts = new Map<string, Buffer>();
  const file = Buffer.from(png);
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    parts.set(file.toString("latin1", at + 4, at + 8), file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const header = parts.get("IHDR") ?? Buffer.alloc(13);
  const [width, height, bits = 8, type] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    header[8],
    header[9],
  ];
  const rows = inflateSync(parts.get("IDAT") ?? Buffer.alloc(0));
  const rowBytes = 1 + Math.ceil((width * bits * (type === 2 ? 3 : 1)) / 8);
  const palette = parts.get("PLTE") ?? Buffer.alloc(0);
  return Array.from({ length: width * height }, (_, i): Rgb => {
    const [x, row] = [i % width, rows.subarray(Math.floor(i / width) * rowBytes + 1)];
    if (type === 2) {
      const sum = (channel: number): number => {
        let value = 0;
        for (let before = 0; before <= x; before += 1) value += row[3 * before + channel] ?? 0;
        return value % 256;
      };
      return [sum(0), sum(1), sum(2)];
    }
    const byte = row[Math.floor((x * bits) / 8)] ?? 0;
    const half = x % 2 === 0 ? byte >> 4 : byte & 15;
    const number = bits === 8 ? byte : half;
    return [palette[3 * number] ?? 0, palette[3 * number + 1] ?? 0, palette[3 * number + 2] ?? 0];
  });
}

describe("a PNG", () => {
  it("has few colours in a palette, black and white kept", () => {
    const pixels: Rgb[] = [
      [255, 255, 255],
      [0, 0, 0],
      [17, 34, 51],
      [255, 0, 0],
      [250, 250, 250],
      [0, 0, 255],
    ];
    const white: Rgb = [255, 255, 255];
    const png = encodePng(bitmapOf(3, pixels));
    expect(decode(png)).toEqual(pixels.map((pixel, i) => (i === 4 ? white : pixel)));
  });

  it("has more than 16 colours in bytes, and more than 256 as they are", () => {
    const some = Array.from({ length: 64 }, (_, i): Rgb => [17 * (i % 16), 17 * (i >> 4), 0]);
    expect(decode(encodePng(bitmapOf(8, some)))).toEqual(some);
    const many = Array.from(
      { length: 900 },
      (_, i): Rgb => [(i * 37) % 256, Math.floor(i / 4), (i * 7) % 251],
    );
    expect(decode(encodePng(bitmapOf(30, many)))).toEqual(many);
  });
});
