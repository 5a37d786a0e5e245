import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { resolveSettings } from "../../src/session/settings.ts";
import { recogniserFor } from "../../src/session/sources.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

/** In the place of tesseract.js, with the two calls that are made of it. */
const ENGINE = `exports.createWorker = async () => ({
  recognize: async () => ({ data: { text: "Lighthouse", confidence: 90 } }),
  terminate: async () => {},
});`;

it.each([
  { given: {}, files: 1 },
  { given: { password: "secret" }, files: 0 },
  { given: { cache: false }, files: 0 },
])("keeps recognised text unless a password or --no-cache forbids it: $given", async ({ given, files }) => {
  const folder = await tempFolder({
    "ocr/package.json": "{}",
    "ocr/languages/eng.traineddata.gz": "data",
    "ocr/node_modules/tesseract.js/package.json": '{"main": "index.js"}',
    "ocr/node_modules/tesseract.js/index.js": ENGINE,
    "recognised/README": "",
  });
  await using recogniser = await recogniserFor({
    settings: resolveSettings(given),
    folders: { ocr: join(folder, "ocr"), recognised: join(folder, "recognised") },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect(await recogniser?.recognise(Buffer.from("a picture"), "a.png")).toMatchObject({
    text: "Lighthouse",
  });
  expect(await readdir(join(folder, "recognised"))).toHaveLength(1 + files);
});
