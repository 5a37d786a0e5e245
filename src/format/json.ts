import type { Answer, Places, ReadPlan, ReadResult } from "../engine/results.ts";
import type { LastingSummary } from "../engine/summary/summary.ts";
import { summaryPlain } from "./summary.ts";

/** Of every JSON that focus prints; docs/json.md says what each field is. */
export const JSON_VERSION = 1;

/** Indented by two spaces. */
export function toJson(value: unknown): string {
  return `${escapeControls(JSON.stringify(value, undefined, 2))}\n`;
}

/** One line, whatever the value holds. */
export function toJsonLine(value: unknown): string {
  return `${escapeControls(JSON.stringify(value))}\n`;
}

/**
 * JSON leaves DEL, C1 and the Unicode line ends as they are: some terminals obey the first two, some line readers break
 * lines at the last. They can only stand in strings, where an escape means the same.
 */
function escapeControls(json: string): string {
  return json.replaceAll(
    /[\u007f-\u009f\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** `focus ask`, JSON version 1: the fields and their order. */
export function answerJson(answer: Answer) {
  const { question, style, verdict, confidence, answers, citations, window, condenser } = answer;
  const { candidates, answeringChunks, unsupported, coverage, tokens, timings, models, settings } = answer;
  return {
    version: JSON_VERSION,
    command: "ask",
    question,
    style,
    answer: answer.answer,
    verdict,
    confidence,
    answers,
    citations,
    window,
    condenser,
    candidates,
    answeringChunks,
    unsupported,
    coverage,
    tokens,
    timings,
    models,
    settings,
  } as const;
}

/** `focus find --count`, JSON version 1. */
export function placesCountJson({ question, places, unsureChunks }: Places) {
  return { version: JSON_VERSION, command: "find", question, count: places.length, unsureChunks } as const;
}

/** `focus find`, JSON version 1. */
export function placesJson(found: Places) {
  const { question, places, uncertain, unsureChunks, coverage, tokens, timings, models, settings } = found;
  return {
    version: JSON_VERSION,
    command: "find",
    question,
    count: places.length,
    places,
    uncertain,
    unsureChunks,
    coverage,
    tokens,
    timings,
    models,
    settings,
  } as const;
}

/** `focus read`, JSON version 1. */
export function readJson({ coverage, tokens, timings, models, store, settings }: ReadResult) {
  return {
    version: JSON_VERSION,
    command: "read",
    dryRun: false,
    coverage,
    tokens,
    timings,
    models,
    store,
    settings,
  } as const;
}

/** `focus read --dry-run`, JSON version 1. */
export function planJson(plan: ReadPlan) {
  const { documents, pages, tokens, chunks, storedChunks, bytes, roomBytes, tokensPerSecond, seconds } = plan;
  return {
    version: JSON_VERSION,
    command: "read",
    dryRun: true,
    documents,
    pages,
    tokens,
    chunks,
    storedChunks,
    bytes,
    roomBytes,
    tokensPerSecond,
    seconds,
    models: plan.models,
    skipped: plan.skipped,
    settings: plan.settings,
  } as const;
}

/** `focus summarize`, JSON version 1; `tokens` and `timings` are there where the summary has them. */
export function summaryJson(summary: LastingSummary) {
  const { documents, focus, ...rest } = summary;
  return {
    version: JSON_VERSION,
    command: "summarize",
    documents,
    focus,
    summary: summaryPlain(summary),
    ...rest,
  } as const;
}
