import type { Archive } from "./archive.ts";
import { readPart } from "./part.ts";
import type { XmlHandler } from "./xml.ts";

/** `dc:title` of an Office file's docProps/core.xml; undefined for none. */
export async function readTitle(
  archive: Archive,
  part: "docProps/core.xml" | "meta.xml" = "docProps/core.xml",
): Promise<string | undefined> {
  const parts: string[] = [];
  let isTitle = false;
  const handler: XmlHandler = {
    open: (name) => {
      isTitle = name === "dc:title";
    },
    close: () => {
      isTitle = false;
    },
    text: (text) => {
      if (isTitle) parts.push(text);
    },
  };
  await readPart(archive, { name: part }, handler);
  return parts.join("").replace(/\s+/g, " ").trim() || undefined;
}
