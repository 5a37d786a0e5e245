import { describe, expect, test } from "vitest";
import { isUnread } from "../../../src/document/pages.ts";
import { parseBytes } from "../../../src/document/parse.ts";
import type { Recogniser } from "../../../src/document/recognition.ts";

/** What NewSubfileType says of a page, and of a smaller copy of one. */
const [PAGE, THUMBNAIL] = [2, 1];

/** A TIFF file of directories with that entry alone, each told from the others by its place. */
function makeTiff(types: readonly number[], { isLittle = true, last = 0 } = {}): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 + types.length * 18));
  view.setUint16(0, isLittle ? 0x4949 : 0x4d4d);
  view.setUint16(2, 42, isLittle);
  view.setUint32(4, 8, isLittle);
  for (const [i, type] of types.entries()) {
    const at = 8 + i * 18;
    view.setUint16(at, 1, isLittle);
    view.setUint16(at + 2, 254, isLittle);
    view.setUint16(at + 4, 4, isLittle);
    view.setUint32(at + 6, 1, isLittle);
    view.setUint32(at + 10, type, isLittle);
    view.setUint32(at + 14, i + 1 < types.length ? at + 18 : last, isLittle);
  }
  return new Uint8Array(view.buffer);
}

/** Says, as Tesseract would, what the first picture of a file says: here, its place. */
function recogniser(isLittle = true): Recogniser & { readonly announced: number[] } {
  const announced: number[] = [];
  return {
    engine: "stand-in 1",
    languages: ["eng"],
    announced,
    announce: (_, pictures) => void announced.push(pictures),
    recognise: async (picture) => {
      const at = new DataView(picture.buffer, picture.byteOffset).getUint32(4, isLittle);
      return { text: at === 26 ? "" : `Picture at ${at}`, confidence: 90 };
    },
  };
}

const SURE = "recognised from pictures and may have errors (90 % sure)";

describe("a TIFF file", () => {
  test.each([true, false])("has all of its pages recognised, little end first: %s", async (isLittle) => {
    const found = recogniser(isLittle);
    const tiff = makeTiff([PAGE, PAGE, PAGE, THUMBNAIL], { isLittle });
    const { text, pages, warnings } = await parseBytes(tiff, "a.tif", { recogniser: found });
    expect(found.announced).toEqual([3]);
    expect(text).toBe("Picture at 8\nPicture at 44\n");
    expect(pages.map((page) => [page.number, isUnread(page), text.slice(page.start, page.end)])).toEqual([
      [1, false, "Picture at 8\n"],
      [2, true, ""],
      [3, false, "Picture at 44\n"],
    ]);
    expect(warnings).toEqual([
      "page 2 has no text; text recognition found none",
      `the text of 2 pages was ${SURE}`,
    ]);
  });

  test("has only those recognised that are asked for", async () => {
    const found = recogniser();
    const pages = [{ first: 3, last: 3 }];
    const document = await parseBytes(makeTiff([PAGE, PAGE, PAGE]), "a.tif", { recogniser: found, pages });
    expect(found.announced).toEqual([1]);
    expect(document).toMatchObject({ text: "Picture at 44\n", warnings: [`the text of 1 page was ${SURE}`] });
  });

  test.each([8, 4_000_000])("that is damaged says so, its last page leading to %s", async (last) => {
    const { pages, warnings } = await parseBytes(makeTiff([PAGE], { last }), "a.tif", {
      recogniser: recogniser(),
    });
    expect(pages).toHaveLength(1);
    expect(warnings).toContain("is damaged: its list of pages breaks off, 1 page was found");
  });
});
