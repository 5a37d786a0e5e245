import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PDFDocument } from "pdf-lib";
import { expect, it } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { listLanguages } from "../../src/ocr/folder.ts";
import { pullLanguage } from "../../src/ocr/pull.ts";
import { openRecogniser, type RecognitionProgress } from "../../src/ocr/recogniser.ts";
import { recogniserFor } from "../../src/session/sources.ts";
import { caseFile } from "../helpers/case-file.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

/** The smallest PNG: one white dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==",
  "base64",
);
/** In the place of the npm package, with the two calls that are made of it. */
const ENGINE = `
let calls = 0;
exports.createWorker = async (languages, mode, { langPath, errorHandler }) => ({
  recognize: async (picture) => {
    if (picture.includes("damaged")) { errorHandler("broken"); throw "Error attempting to read image."; }
    calls += 1;
    return { data: { text: "\\nThe light-\\nhouse in " + languages.join("+") + " " + calls + "\\n\\n\\n", confidence: 61.4 } };
  },
  terminate: async () => {},
});`;

async function installed(languages: readonly string[]) {
  const files = languages.map((name) => [`ocr/languages/${name}.traineddata.gz`, "data"]);
  return tempFolder({
    "ocr/package.json": "{}",
    "ocr/node_modules/tesseract.js/package.json": '{"main": "index.js"}',
    "ocr/node_modules/tesseract.js/index.js": ENGINE,
    ...Object.fromEntries(files),
  });
}

async function open(folder: string, { wanted = "auto", cache = false } = {}) {
  const told: RecognitionProgress[] = [];
  const warnings: string[] = [];
  const recogniser = await openRecogniser({
    wanted,
    folders: { ocr: join(folder, "ocr"), recognised: join(folder, "recognised") },
    cache,
    signal: new AbortController().signal,
    onProgress: (progress) => told.push(progress),
    onWarning: (message) => warnings.push(message),
  });
  return { recogniser, told, warnings };
}

async function scan(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const picture = await pdf.embedPng(PNG);
  pdf.addPage([200, 100]).drawImage(picture, { width: 200, height: 100 });
  pdf.addPage([200, 100]).drawText("Typed, and therefore not recognised.", { size: 8 });
  return pdf.save();
}

it("reads a picture in every language that is installed, and says how sure that is", async () => {
  const { recogniser, told } = await open(await installed(["deu", "eng"]));
  const { text, pages, warnings } = await parseBytes(PNG, "light.png", { recogniser });
  expect(text).toBe("The lighthouse in deu+eng 1\n");
  expect(pages[0]?.confidence).toBe(61.4);
  expect(warnings).toEqual([
    "the text of 1 page was recognised from pictures and may have errors (61 % sure, least sure: page 1 61 %)",
  ]);
  const one = { path: "light.png", pictures: 1, secondsLeft: 4 };
  expect(told).toEqual([
    { ...one, picture: 0 },
    { ...one, picture: 1 },
  ]);
});

it("reads the pages of a PDF that have no text, and no others", async () => {
  const { recogniser } = await open(await installed(["eng"]));
  const { pages, text } = await parseBytes(await scan(), "scan.pdf", { recogniser });
  expect(text).toBe("The lighthouse in eng 1\nTyped, and therefore not recognised.\n");
  expect(pages.map(({ confidence }) => confidence)).toEqual([61.4, undefined]);
});

it("reads the lines of a page whose fonts do not say which letters they show, in their place", async () => {
  const source = await PDFDocument.load(await caseFile("p04-glyphids-one.pdf"));
  const pdf = await PDFDocument.create();
  const [page] = await pdf.copyPages(source, [2]);
  if (page === undefined) throw new Error("the case file has a third page");
  pdf.addPage(page).setSize(595, 1700);
  const typed = (height: number) =>
    page.drawText("Typed, and not recognised. ".repeat(4), { y: height, size: 8 });
  for (let line = 0; line < 60; line++) typed(1680 - 13 * line);
  typed(5);
  const bytes = await pdf.save();
  expect((await parseBytes(bytes, "a.pdf")).warnings).toEqual([
    expect.stringMatching(/^page 1 has lines in fonts .* left out \d+ characters; `focus ocr pull eng`/u),
  ]);
  const { recogniser, told } = await open(await installed(["eng"]));
  const { text, pages, warnings } = await parseBytes(bytes, "a.pdf", { recogniser });
  const lines = text.trimEnd().split("\n");
  expect(lines.slice(0, 60).every((line) => line.startsWith("Typed"))).toBe(true);
  expect(lines[60]).toBe("The lighthouse in eng 1");
  expect(lines.at(-1)).toMatch(/^Typed/u);
  expect(pages[0]?.confidence).toBe(61.4);
  expect(warnings).toEqual([expect.stringMatching(/^the text of 1 page was recognised/u)]);
  expect(told[0]).toEqual(expect.objectContaining({ path: "a.pdf", picture: 0 }));
  expect(told.map(({ picture }) => picture)).toEqual(told.map((_, i) => i));
});

it("keeps what it recognised, by the picture's content", async () => {
  const folder = await installed(["eng"]);
  for (const name of ["a.png", "b.png"]) {
    const { recogniser } = await open(folder, { cache: true });
    expect((await parseBytes(PNG, name, { recogniser })).text).toBe("The lighthouse in eng 1\n");
  }
  const [kept = ""] = await readdir(join(folder, "recognised"));
  await writeFile(join(folder, "recognised", kept), "{");
  const { recogniser } = await open(folder, { cache: true });
  expect((await parseBytes(PNG, "c.png", { recogniser })).text).toBe("The lighthouse in eng 2\n");
});

it("goes on where what it recognised cannot be kept, and says so once", async () => {
  const folder = await installed(["eng"]);
  await writeFile(join(folder, "recognised"), "no folder");
  const { recogniser, warnings } = await open(folder, { cache: true });
  for (const n of [1, 2]) {
    expect((await parseBytes(PNG, "a.png", { recogniser })).text).toBe(`The lighthouse in eng ${n}\n`);
  }
  expect(warnings).toEqual([
    expect.stringMatching(/^recognised text is not kept: .*a part of its path is a file/u),
  ]);
});

it("keeps nothing of documents that need a password", async () => {
  const folder = await installed(["eng"]);
  const recogniser = await recogniserFor({
    settings: { ocr: "auto", cache: true, password: "secret" },
    folders: { ocr: join(folder, "ocr"), recognised: join(folder, "recognised") },
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  expect((await parseBytes(PNG, "a.png", { recogniser })).text).toBe("The lighthouse in eng 1\n");
  expect(await readdir(folder)).toEqual(["ocr"]);
});

it("names a damaged picture", async () => {
  const { recogniser } = await open(await installed(["eng"]));
  const bytes = Buffer.concat([PNG, Buffer.from("damaged")]);
  await expect(parseBytes(bytes, "a.png", { recogniser })).rejects.toThrow(
    "a.png: the picture cannot be read: Error attempting to read image.",
  );
});

it("is off where nothing is installed, or it is not wanted", async () => {
  expect((await open(await tempFolder())).recogniser).toBeUndefined();
  expect((await open(await installed(["eng"]), { wanted: "off" })).recogniser).toBeUndefined();
  await expect(parseBytes(PNG, "a.png")).rejects.toMatchObject({
    message: "a.png: is a picture, whose text has to be recognised first",
    hint: expect.stringContaining("focus ocr pull eng"),
  });
});

it("wants its languages installed", async () => {
  const folder = await installed(["eng"]);
  expect((await listLanguages(join(folder, "ocr"))).map(({ name }) => name)).toEqual(["eng"]);
  await expect(open(folder, { wanted: "eng+deu" })).rejects.toMatchObject({
    message: "--ocr eng+deu: the language deu is not installed",
    hint: "focus ocr pull deu",
  });
});

it.each([
  ["../up", false, /"\.\.\/up" is no language of Tesseract/u],
  ["deu", true, /--offline forbids the network/u],
])("does not pull %s", async (name, offline, message) => {
  const dir = join(await tempFolder(), "ocr");
  const signal = new AbortController().signal;
  await expect(pullLanguage(name, { dir, offline, signal })).rejects.toThrow(message);
});
