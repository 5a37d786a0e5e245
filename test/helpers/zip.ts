import { strToU8, type Zippable, zipSync } from "fflate";

/** A zip file with these files in it; `mimetype` stands first and is not compressed, as EPUB and ODF want it. */
export function makeZip(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries = Object.entries(files).map(([name, content]): [string, Zippable[string]] => {
    const bytes = typeof content === "string" ? strToU8(content) : content;
    return [name, [bytes, { level: name === "mimetype" ? 0 : 6 }]];
  });
  return zipSync(Object.fromEntries(entries));
}
