import { z } from "zod";
import type { KeyText } from "./key-text.ts";
import { type ConfigKey, KEYS } from "./keys.ts";
import { toPageRanges } from "./page-ranges.ts";
import { isServerAddress, toBoolean, toBytes, toList, toMilliseconds, toNumber, toText } from "./parse.ts";

type Ranged = { readonly range: readonly [number, number] };

/** Flags and variables bring strings, files bring numbers: both are taken. */
function whole({ range: [least, most] }: Ranged, parse = toNumber) {
  return z.preprocess(parse, z.int().min(least).max(most));
}

function toggle<T extends boolean>({ default: value }: { readonly default: T }) {
  return z.preprocess(toBoolean, z.boolean()).default(value);
}

const [LEAST_BUDGET, MOST_BUDGET] = KEYS.budgetTokens.range;
const [, MOST_REFRESH_TOKENS] = KEYS.answerTokens.range;

const text = z.string().trim().min(1);

/** One text is a list of one. */
const list = z.preprocess(toList, z.array(text).min(1));

/** Purposes, units, ranges and defaults are told in {@link KEYS}; here they become types. */
export const configSchema = z.object({
  model: text.optional(),
  reader: text.default(KEYS.reader.default),
  adapter: text.optional(),
  threads: whole(KEYS.threads).optional(),
  gpu: z.enum(KEYS.gpu.choices).default(KEYS.gpu.default),
  offline: toggle(KEYS.offline),
  engine: z.preprocess(toList, z.array(text.refine(isServerAddress)).min(1)).optional(),
  engineKind: z.enum(KEYS.engineKind.choices).default(KEYS.engineKind.default),
  engineModel: text.optional(),
  engineKey: text.regex(/^[A-Za-z_]\w*$/u).optional(),
  engineConcurrency: whole(KEYS.engineConcurrency).default(KEYS.engineConcurrency.default),
  engineSalt: text.optional(),
  password: z.string().min(1).optional(),
  passwordFile: text.optional(),
  ocr: text.default(KEYS.ocr.default),
  pages: z
    .preprocess(
      toText,
      z
        .string()
        .trim()
        .refine((pages) => toPageRanges(pages) !== undefined),
    )
    .optional(),
  include: list.optional(),
  exclude: list.optional(),
  hidden: toggle(KEYS.hidden),
  ignore: toggle(KEYS.ignore),
  chunkTokens: whole(KEYS.chunkTokens).default(KEYS.chunkTokens.default),
  cache: toggle(KEYS.cache),
  cacheBudgetBytes: whole(KEYS.cacheBudgetBytes, toBytes).optional(),
  condenseChunks: whole(KEYS.condenseChunks).default(KEYS.condenseChunks.default),
  thorough: toggle(KEYS.thorough),
  condenser: z.enum(KEYS.condenser.choices).default(KEYS.condenser.default),
  refresh: z
    .preprocess(toNumber, z.union([z.enum(["none", "every"]), z.int().min(1).max(MOST_REFRESH_TOKENS)]))
    .default(KEYS.refresh.default),
  budgetTokens: z
    .preprocess(toNumber, z.union([z.literal(0), z.int().min(LEAST_BUDGET).max(MOST_BUDGET)]))
    .optional(),
  answerStyle: z.enum(KEYS.answerStyle.choices).default(KEYS.answerStyle.default),
  answerTokens: whole(KEYS.answerTokens).default(KEYS.answerTokens.default),
  failIfAbsent: toggle(KEYS.failIfAbsent),
  summaryLength: z
    .preprocess(toNumber, z.union([z.enum(["short", "medium", "long"]), z.int().min(20).max(20_000)]))
    .default(KEYS.summaryLength.default),
  depth: z.enum(KEYS.depth.choices).default(KEYS.depth.default),
  merge: toggle(KEYS.merge),
  language: text.optional(),
  summaryStyle: z.enum(KEYS.summaryStyle.choices).default(KEYS.summaryStyle.default),
  format: z.enum(KEYS.format.choices).default(KEYS.format.default),
  links: z.enum(KEYS.links.choices).default(KEYS.links.default),
  strict: toggle(KEYS.strict),
  output: text.optional(),
  color: toggle(KEYS.color),
  quiet: toggle(KEYS.quiet),
  verbose: toggle(KEYS.verbose),
  debug: toggle(KEYS.debug),
  timeoutMs: whole(KEYS.timeoutMs, toMilliseconds).optional(),
});

/** Resolved settings; frozen. Undefined = decided at run time by whoever needs the value. */
export type Config = Readonly<z.output<typeof configSchema>>;

/** Completes "expected …" in an error message. */
export function expectation(key: ConfigKey): string {
  const told: KeyText = KEYS[key];
  if (key === "timeoutMs") return "a duration such as 90s, 5m, 1h30m or seconds, from 0.001s to 576h";
  if (key === "cacheBudgetBytes") return "a size such as 500MB, 20GB or a number of bytes";
  if (key === "summaryLength") return "one of short, medium, long or a number of words from 20 to 20000";
  if (key === "engine") return "an address such as http://gpu1:30000, without a key in it, or a list of such";
  if (key === "engineKey") return "a name of an environment variable, in which the key stands";
  if (key === "pages") return "a list of pages such as 3-10,15 or 40- (to the end), the first being 1";
  if (key === "include" || key === "exclude") return "a glob such as *.pdf or drafts/, or a list of such";
  if (key === "refresh") return `one of none, every or a number of tokens from 1 to ${MOST_REFRESH_TOKENS}`;
  if (key === "budgetTokens") return `a whole number from ${LEAST_BUDGET} to ${MOST_BUDGET}, or 0 (tokens)`;
  if (told.choices !== undefined) return `one of ${told.choices.join(", ")}`;
  if (told.range !== undefined) {
    const [least, most] = told.range;
    return `a whole number from ${least} to ${most}${told.unit === undefined ? "" : ` (${told.unit})`}`;
  }
  return typeof told.default === "boolean" ? "true or false" : "a text that is not empty";
}
