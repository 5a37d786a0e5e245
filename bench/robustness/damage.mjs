// Damage to the files of a store, drawn anew each round, the same in every run.
import { readFile, rename, rm, truncate, writeFile } from "node:fs/promises";
import { writeSealed } from "../../dist/kv/store/sealed-file.js";
import { listChunks } from "../../dist/kv/store/store-layout.js";
import { random } from "../calibrate/questions.mjs";

export const KINDS = ["flip", "truncate", "swap", "empty", "zero", "foreign", "nonsense"];

/** Damages nine of ten files, and returns the kind of each damage; a swap damages two. */
export async function damageSome(dir, round) {
  const draw = random(round + 1);
  const files = (await listChunks(dir)).filter(() => draw() < 0.9);
  const kinds = [];
  for (let file = files.pop(); file !== undefined; file = files.pop()) {
    const drawn = KINDS[Math.floor(draw() * KINDS.length)];
    const other = drawn === "swap" ? files.pop() : undefined;
    const kind = drawn === "swap" && other === undefined ? "flip" : drawn;
    await DAMAGE[kind]({ ...file, other: other?.path, draw });
    kinds.push(kind);
    if (other !== undefined) kinds.push(kind);
  }
  return kinds;
}

const DAMAGE = {
  flip: async ({ path, bytes, draw }) => {
    const content = await readFile(path);
    content[Math.floor(draw() * bytes)] ^= 1 + Math.floor(draw() * 255);
    await writeFile(path, content);
  },
  truncate: ({ path, bytes, draw }) => truncate(path, Math.floor(draw() * bytes)),
  swap: async ({ path, other }) => {
    await rename(path, `${path}.away`);
    await rename(other, path);
    await rename(`${path}.away`, other);
  },
  empty: ({ path }) => truncate(path, 0),
  zero: ({ path, bytes }) => writeFile(path, Buffer.alloc(bytes)),
  foreign: async ({ path, bytes }) => {
    const text = await readFile(new URL("../../README.md", import.meta.url));
    await writeFile(path, Buffer.alloc(bytes, text));
  },
  nonsense: async ({ path, key, bytes, draw }) => {
    await rm(path);
    await writeSealed(path, key, Buffer.alloc(bytes - 48, Math.floor(draw() * 256)));
  },
};
