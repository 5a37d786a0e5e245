import type { Document } from "../../src/document/document.ts";
import type { Answer, Citation, ReadPlan, ReadResult } from "../../src/engine/results.ts";

const MODEL = {
  name: "smollm2-135m",
  path: "models/smollm2-135m.gguf",
  fingerprint: "b179c952",
  trainedContextTokens: 8192,
};

export const CITATION: Citation = {
  id: 1,
  path: "report.pdf",
  page: 28,
  pageLabel: "12",
  line: 40,
  start: 61_200,
  end: 61_235,
  quote: "The board approved\n  the budget of 2023",
  support: 14.25,
};

/** An answer with every field filled. */
export const ANSWER: Answer = {
  question: "Who approved the budget?",
  style: "write",
  answer: "The board approved it.",
  verdict: "answered",
  confidence: 0.87,
  answers: [],
  citations: [CITATION],
  window: [{ path: "report.pdf", chunk: 7, start: 60_000, end: 62_400, page: 28, score: 3.5 }],
  condenser: "likelihood",
  candidates: null,
  answeringChunks: 3,
  unsupported: [],
  coverage: {
    documents: 1,
    pages: { total: 44, read: 44, unreadable: [] },
    chunks: { total: 25, searched: 25, condensed: 25, read: 20, stored: 5 },
    tokens: { total: 12_345, read: 12_345 },
    skipped: [],
  },
  tokens: { computed: { read: 12_345, condense: 400, window: 2048, answer: 6, attribute: 120 }, reused: 0 },
  timings: {
    loadMs: 310.5,
    readMs: 30_000,
    condenseMs: 900,
    windowMs: 4000,
    firstTokenMs: 35_300,
    answerMs: 250,
    attributeMs: 80,
    totalMs: 35_600,
  },
  models: { reader: MODEL, writer: MODEL },
  settings: { chunkTokens: 512, thorough: false, budgetTokens: null },
};

export const ABSENT: Answer = { ...ANSWER, answer: "I do not know.", verdict: "absent", confidence: 0.02 };

/** Two answers of the condenser, the second with a passage of its own. */
export const SHORT: Answer = {
  ...ANSWER,
  style: "short",
  condenser: "answer",
  answer: "the board",
  answers: [
    { text: "the board", confidence: 0.87, citations: [1] },
    { text: "the mayor", confidence: 0.55, citations: [2] },
  ],
  citations: [
    CITATION,
    { ...CITATION, id: 2, line: 52, start: 70_000, end: 70_021, quote: "The mayor approved it" },
  ],
};

export const READ: ReadResult = {
  coverage: { ...ANSWER.coverage, chunks: { total: 25, searched: 0, condensed: 0, read: 20, stored: 5 } },
  tokens: { computed: { read: 10_000 }, reused: 2345 },
  timings: { loadMs: 300, readMs: 25_000, totalMs: 25_300 },
  models: { reader: MODEL },
  store: { keptBytes: 284_000_000, droppedChunks: 0 },
  settings: ANSWER.settings,
};

export const PLAN: ReadPlan = {
  documents: [
    { path: "a.pdf", pages: 1151, tokens: 512_341, chunks: 1102, storedChunks: 102 },
    { path: "-", pages: 0, tokens: 900, chunks: 2, storedChunks: 0 },
  ],
  pages: 1151,
  tokens: 513_241,
  chunks: 1104,
  storedChunks: 102,
  bytes: 11_800_000_000,
  roomBytes: 20_000_000_000,
  tokensPerSecond: 410.4,
  seconds: 1135,
  models: { reader: MODEL },
  skipped: [],
  settings: ANSWER.settings,
};

export const DOCUMENT: Document = {
  path: "a.pdf",
  format: "pdf",
  title: undefined,
  text: "Preface.\nOne\u001b[2J.",
  pages: [
    { number: 1, label: "i", start: 0, end: 9, characters: 8 },
    { number: 2, label: undefined, start: 9, end: 9, characters: 0 },
    { number: 3, label: "3", start: 9, end: 9, characters: 0, blank: true },
    { number: 4, label: "1", start: 9, end: 17, characters: 8 },
  ],
  sections: [],
  warnings: ["page 2 has no text (scanned, or a picture)"],
};
