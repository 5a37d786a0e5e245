// Damage to one document, as bad disks and broken downloads do it.
export const KINDS = ["flip", "flips", "cut", "zeros", "hole", "tail"];

/** Another copy of `bytes` with one kind of damage; `draw` gives numbers from 0 to 1. */
export function damage(bytes, kind, draw) {
  const copy = Buffer.from(bytes);
  const place = (share = 1) => Math.floor(draw() * copy.length * share);
  const [start, size] = [place(), Math.min(4096, Math.ceil(copy.length / 10))];
  switch (kind) {
    case "flip":
      copy[start] ^= 1 << Math.floor(draw() * 8);
      return copy;
    case "flips":
      for (let i = 0; i < 20; i++) copy[place()] ^= 1 + Math.floor(draw() * 255);
      return copy;
    case "cut":
      return copy.subarray(0, start);
    case "zeros":
      return copy.fill(0, start, Math.min(copy.length, start + size));
    case "hole":
      return Buffer.concat([copy.subarray(0, start), copy.subarray(start + size)]);
    case "tail":
      return copy.subarray(0, copy.length - 1 - place(0.02));
    default:
      throw new Error(`there is no damage ${kind}`);
  }
}
