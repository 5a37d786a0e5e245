import { readdir, readFile } from "node:fs/promises";
import { lexer } from "marked";

/**
 * @typedef {{ kind: "front" | "chapter" | "appendix", name: string, title: string, blocks: import("marked").Token[] }} Part
 * @typedef {readonly Part[]} Book
 */

const TITLE = "Reading Long Documents with Small Models";
const SUBTITLE = "A handbook of focus";

export const METADATA = {
  title: `${TITLE}: a handbook of focus`,
  shortTitle: TITLE,
  subtitle: SUBTITLE,
  author: "the focus authors",
  subject: "Questions about long documents, answered by small local models, with page and quote",
  // Fixed, so that the same source gives the same bytes.
  date: new Date("2026-11-24T00:00:00Z"),
};

/**
 * One part a file, in the order of the names: front-1-about.md, chapter-01-….md, appendix-….md.
 * @param {string} folder
 * @returns {Promise<Book>}
 */
export async function readBook(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md")).sort(byKind);
  return Promise.all(names.map(async (name) => toPart(name, await readFile(`${folder}/${name}`, "utf8"))));
}

const KINDS = /** @type {const} */ (["front", "chapter", "appendix"]);

/** @param {string} name */
function kindOf(name) {
  const kind = KINDS.find((prefix) => name.startsWith(`${prefix}-`));
  if (kind === undefined) throw new Error(`${name}: expected front-, chapter- or appendix-`);
  return kind;
}

/** @param {string} a @param {string} b */
function byKind(a, b) {
  const order = KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b));
  if (order !== 0) return order;
  return a < b ? -1 : 1;
}

/**
 * @param {string} name @param {string} source
 * @returns {Part}
 */
function toPart(name, source) {
  const [heading, ...blocks] = lexer(source).filter(({ type }) => type !== "space");
  if (heading?.type !== "heading" || heading.depth !== 1)
    throw new Error(`${name}: must begin with "# Title"`);
  return { kind: kindOf(name), name, title: heading.text, blocks };
}
