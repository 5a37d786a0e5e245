import { basename, dirname, join } from "node:path";
import { ModelError } from "../../errors.ts";
import { type GgufHeader, readHeader } from "./gguf-header.ts";

/** Where a file stands among those of a split GGUF, by its name: gguf-split's "<stem>-00001-of-00003.gguf". */
export type PartName = {
  readonly stem: string;
  /** From 1. */
  readonly number: number;
  readonly count: number;
};

const PART = /^(.+)-(\d{5})-of-(\d{5})\.gguf$/u;

/** Undefined for the name of a GGUF in one file. */
export function parsePartName(file: string): PartName | undefined {
  const [, stem, number, count] = PART.exec(file) ?? [];
  if (stem === undefined || Number(number) < 1 || Number(number) > Number(count)) return undefined;
  return { stem, number: Number(number), count: Number(count) };
}

export function partName({ stem, number, count }: PartName): string {
  const padded = (value: number): string => String(value).padStart(5, "0");
  return `${stem}-${padded(number)}-of-${padded(count)}.gguf`;
}

/**
 * Headers of a model's files: one, or all parts of a split GGUF, of which `path` is the first. Throws ModelError when a
 * part is missing or damaged, or when `path` is not the first.
 */
export function readParts(path: string): readonly [GgufHeader, ...GgufHeader[]] {
  const first = readHeader(path);
  const count = first.values.get("split.count") ?? 1;
  if (typeof count !== "number" || count <= 1) return [first];
  const named = parsePartName(basename(path));
  if (named?.count !== count) {
    throw new ModelError(
      `${path} is a part of a GGUF that is split into ${count} files, but its name does not say which`,
      {
        hint: "give the files their names back: …-00001-of-00003.gguf",
      },
    );
  }
  const partPath = (number: number): string => join(dirname(path), partName({ ...named, number }));
  if (named.number !== 1) {
    throw new ModelError(`${path} is part ${named.number} of a split GGUF, expected the first`, {
      hint: `name the first part: ${partPath(1)}`,
    });
  }
  return [first, ...Array.from({ length: count - 1 }, (_, index) => readHeader(partPath(index + 2)))];
}
