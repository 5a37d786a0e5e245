import type { Evidence } from "../document/evidence/evidence.ts";
import { UsageError } from "../errors.ts";
import type { Links } from "./links.ts";

/** How a result is shown. */
export type FormatOptions = {
  readonly color: boolean;
  /** Columns to wrap at; undefined leaves lines as they are, as a pipe wants them. */
  readonly width: number | undefined;
  /** Absent: places are plain text. */
  readonly links?: Links | undefined;
  /** Of the result's citations, for html. */
  readonly evidence?: Evidence | undefined;
};

/** A result as text that ends in a newline. */
export type Formatter<Result> = (result: Result, options: FormatOptions) => string;

/** Name of a format → its formatter; not every result has every format. */
export type Formats<Result> = Readonly<Partial<Record<string, Formatter<Result>>>>;

/**
 * The formatter of that name; a result without a markdown form of its own is printed as text. Throws UsageError when this kind
 * of result has none, with where the name came from.
 */
export function formatterFor<Result>(
  formats: Formats<Result>,
  name: string,
  origin = "the format",
): Formatter<Result> {
  const formatter = knownFormatter(formats, name);
  if (formatter !== undefined) return formatter;
  throw new UsageError(
    `${origin} is "${name}", which is not known here, expected one of ${Object.keys(formats).join(", ")}`,
    { hint: "name one of them: --format text" },
  );
}

/** The same; undefined where there is none. */
export function knownFormatter<Result>(
  formats: Formats<Result>,
  name: string,
): Formatter<Result> | undefined {
  const { text } = formats;
  const own = Object.hasOwn(formats, name) ? formats[name] : undefined;
  return own ?? (name === "markdown" ? text : undefined);
}
