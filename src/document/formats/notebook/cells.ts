export type Output = { readonly text: string; readonly html: string };
export type Cell = {
  readonly kind: "markdown" | "code";
  readonly source: string;
  readonly outputs: readonly Output[];
};
export type Cells = {
  readonly cells: readonly Cell[];
  /** "python"; "" where the notebook does not say. */
  readonly language: string;
  /** Outputs and attachments that are pictures. */
  readonly pictures: number;
};

/** The members that mean something here; nothing of what is in them is known before a look. */
type Member =
  | "cells"
  | "worksheets"
  | "metadata"
  | "language_info"
  | "name"
  | "kernelspec"
  | "language"
  | "outputs"
  | "attachments"
  | "source"
  | "input"
  | "cell_type"
  | "level"
  | "data"
  | "ename"
  | "evalue"
  | "text"
  | "html"
  | `text/${"plain" | "markdown" | "html"}`;
type Json = { readonly [name in Member]?: unknown };

/** The cells of a notebook of format 4, or of format 3 and its worksheets; none for any other JSON. */
export function readCells(notebook: unknown): Cells {
  const root = asObject(notebook);
  const raw = [
    ...asList(root.cells),
    ...asList(root.worksheets).flatMap((sheet) => asList(asObject(sheet).cells)),
  ];
  const metadata = asObject(root.metadata);
  const language = asObject(metadata.language_info).name ?? asObject(metadata.kernelspec).language;
  let pictures = 0;
  const cells = raw.map(asObject).map((cell): Cell => {
    const outputs = asList(cell.outputs).map(asObject);
    pictures += outputs.filter(hasPicture).length + Object.keys(asObject(cell.attachments)).length;
    const source = lines(cell.source ?? cell.input).trimEnd();
    const isHeading = cell.cell_type === "heading";
    return {
      kind: cell.cell_type === "code" ? "code" : "markdown",
      source: isHeading ? `${"#".repeat(Number(cell.level) || 1)} ${source}` : source,
      outputs: outputs.map(readOutput),
    };
  });
  return { cells, language: typeof language === "string" ? language : "", pictures };
}

/** What Python prints of an object that is shown as something else: `<IPython.core.display.HTML object>`. */
const OBJECT = /^\s*<[\w.]+ (?:object|at 0x[\da-f]+|object at 0x[\da-f]+)>\s*$/i;

function readOutput(output: Json): Output {
  const data = { ...output, ...asObject(output.data) };
  const error = typeof output.ename === "string" ? `${output.ename}: ${lines(output.evalue)}` : "";
  const html = lines(data["text/html"] ?? data.html);
  const markdown = lines(data["text/markdown"]);
  const text = lines(data["text/plain"] ?? data.text);
  if (error === "" && OBJECT.test(text) && markdown + html !== "") return { text: plain(markdown), html };
  return { text: plain(error || text || markdown), html };
}

function hasPicture(output: Json): boolean {
  const kinds = [...Object.keys(output), ...Object.keys(asObject(output.data))];
  return kinds.some((kind) => kind.startsWith("image/") || kind === "png" || kind === "jpeg");
}

/** Without the terminal's colours, and with the last state of lines that were written over. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  const uncoloured = text.replace(/\x1b\[[\d;?]*[A-Za-z]/g, "").replace(/\r\r?\n/g, "\n");
  const lines = uncoloured.split("\n").map((line) => line.slice(line.lastIndexOf("\r") + 1));
  return lines.join("\n").trimEnd();
}

/** Notebooks store text as one string or as a list of lines. */
function lines(value: unknown): string {
  const parts = Array.isArray(value) ? value : [value];
  return parts.filter((part) => typeof part === "string").join("");
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
