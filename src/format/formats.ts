import type { Document } from "../document/document.ts";
import type { Extraction } from "../engine/extract/extraction.ts";
import type { Answer, Places, ReadPlan, ReadResult } from "../engine/results.ts";
import type { LastingSummary } from "../engine/summary/summary.ts";
import { documentJson, documentsJson, documentsText } from "./document.ts";
import { extractionCsv, extractionJson, extractionMarkdown, extractionText, itemJson } from "./extraction.ts";
import type { Formats } from "./format.ts";
import { answerHtml, placesHtml, summaryHtml } from "./html/results.ts";
import {
  answerJson,
  placesCountJson,
  placesJson,
  planJson,
  readJson,
  summaryJson,
  toJson,
  toJsonLine,
} from "./json.ts";
import { answerMarkdown } from "./markdown.ts";
import { judgedPlaces, placesCsv, placesMarkdown, placesText } from "./places.ts";
import { planText, readText } from "./read.ts";
import { summaryMarkdown, summaryText } from "./summary.ts";
import { answerText } from "./text.ts";

/** What `focus ask` prints. */
export const ANSWER_FORMATS: Formats<Answer> = {
  text: answerText,
  markdown: answerMarkdown,
  html: answerHtml,
  json: (answer) => toJson(answerJson(answer)),
  jsonl: (answer) => toJsonLine({ ...answerJson(answer), event: "answer" }),
};

/** What `focus summarize` prints. */
export const SUMMARY_FORMATS: Formats<LastingSummary> = {
  text: summaryText,
  markdown: summaryMarkdown,
  html: summaryHtml,
  json: (summary) => toJson(summaryJson(summary)),
  jsonl: (summary) => toJsonLine({ ...summaryJson(summary), event: "summary" }),
};

/** What `focus summarize --dry-run` prints: the reading, which is what takes the time. */
export const SUMMARY_PLAN_FORMATS: Formats<ReadPlan> = {
  text: planText,
  json: (plan) => toJson({ ...planJson(plan), command: "summarize" }),
  jsonl: (plan) => toJsonLine({ ...planJson(plan), command: "summarize" }),
};

/** What `focus find` prints; jsonl has a line for each place. */
export const PLACES_FORMATS: Formats<Places> = {
  text: placesText,
  markdown: placesMarkdown,
  csv: placesCsv,
  html: placesHtml,
  json: (found) => toJson(placesJson(found)),
  jsonl: (found) => judgedPlaces(found).map(toJsonLine).join(""),
};

/** What `focus find --count` prints: how many places there are. */
export const PLACES_COUNT_FORMATS: Formats<Places> = {
  text: ({ places }) => `${places.length}\n`,
  json: (found) => toJson(placesCountJson(found)),
  jsonl: (found) => toJsonLine(placesCountJson(found)),
};

/** What `focus extract` prints; jsonl has a line for each item. */
export const EXTRACTION_FORMATS: Formats<Extraction> = {
  text: extractionText,
  markdown: extractionMarkdown,
  csv: extractionCsv,
  json: (extraction) => toJson(extractionJson(extraction)),
  jsonl: ({ items }) => items.map((item) => toJsonLine(itemJson(item))).join(""),
};

/** What `focus read` prints. */
export const READ_FORMATS: Formats<ReadResult> = {
  text: readText,
  json: (result) => toJson(readJson(result)),
  jsonl: (result) => toJsonLine(readJson(result)),
};

/** What `focus read --dry-run` prints. */
export const PLAN_FORMATS: Formats<ReadPlan> = {
  text: planText,
  json: (plan) => toJson(planJson(plan)),
  jsonl: (plan) => toJsonLine(planJson(plan)),
};

/** What `focus text` prints of a document and those attached to it; jsonl has a line for each. */
export const DOCUMENT_FORMATS: Formats<readonly Document[]> = {
  text: documentsText,
  json: (documents) => toJson(documentsJson(documents)),
  jsonl: (documents) => documents.map((document) => toJsonLine(documentJson(document))).join(""),
};
