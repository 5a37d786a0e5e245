import { InputError } from "../../errors.ts";
import type { Document } from "../document.ts";
import { walkHtml } from "./html.ts";
import { findHeadings } from "./markdown.ts";
import { type Cell, readCells } from "./notebook/cells.ts";
import { decodeReadable } from "./text.ts";

/**
 * A Jupyter notebook: Markdown cells as they are, code cells fenced, their outputs as text below. Pictures are left
 * out and counted.
 * @throws InputError when it is no notebook or has no text.
 */
export async function parseNotebook(bytes: Uint8Array, path: string): Promise<Document> {
  const decoded = await decodeReadable(bytes, path);
  const { cells, language, pictures } = readNotebook(decoded.text, path);
  const blocks: string[] = [];
  for (const cell of cells) blocks.push(...(await layCell(cell, { language, path })));
  const text = `${blocks.join("\n\n")}\n`;
  if (text.trim() === "") throw new InputError(`${path}: is a notebook without text`);
  const sections = findHeadings(text);
  const title = sections.find(({ level }) => level === 1)?.title;
  const dropped = pictures === 1 ? "1 picture was" : `${pictures} pictures were`;
  const warnings = pictures === 0 ? [] : [`${dropped} left out of the cells' outputs`];
  return {
    path,
    format: "ipynb",
    title,
    text,
    pages: [],
    sections,
    warnings: [...decoded.warnings, ...warnings],
  };
}

function readNotebook(json: string, path: string): ReturnType<typeof readCells> {
  let notebook: unknown;
  try {
    notebook = JSON.parse(json);
  } catch (error) {
    throw new InputError(`${path}: is no notebook, for it is no JSON`, {
      hint: "get the file again, or rename it to .txt to read it as it is",
      cause: error,
    });
  }
  const found = readCells(notebook);
  if (found.cells.length > 0) return found;
  throw new InputError(`${path}: is no notebook: it has no cells`, {
    hint: "rename it to .json to read it as it is",
  });
}

async function layCell(
  { kind, source, outputs }: Cell,
  { language, path }: { readonly language: string; readonly path: string },
): Promise<string[]> {
  const blocks = [kind === "code" ? fence(source, language) : source];
  for (const { text, html } of outputs) {
    const shown =
      text !== "" || html === "" ? text : (await walkHtml(html, { name: path })).finish().text.trimEnd();
    if (shown.trim() !== "") blocks.push(fence(shown, "output"));
  }
  return blocks.filter((block) => block.trim() !== "");
}

/** Fenced with more backticks than it holds itself. */
function fence(text: string, info: string): string {
  if (text.trim() === "") return "";
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const mark = "`".repeat(longest + 1);
  return `${mark}${info}\n${text}\n${mark}`;
}
