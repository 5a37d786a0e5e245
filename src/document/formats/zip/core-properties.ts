import type { Archive } from "./archive.ts";
import { readXml } from "./xml.ts";

/** `dc:title` of an Office file's docProps/core.xml; undefined for none. */
export async function readTitle(
  archive: Archive,
  part: "docProps/core.xml" | "meta.xml" = "docProps/core.xml",
): Promise<string | undefined> {
  const bytes = archive.read(part);
  if (bytes === undefined) return undefined;
  const parts: string[] = [];
  let isTitle = false;
  await readXml(
    { bytes, name: `${archive.path}: ${part}` },
    {
      open: (name) => {
        isTitle = name === "dc:title";
      },
      close: () => {
        isTitle = false;
      },
      text: (text) => {
        if (isTitle) parts.push(text);
      },
    },
  );
  return parts.join("").replace(/\s+/g, " ").trim() || undefined;
}
