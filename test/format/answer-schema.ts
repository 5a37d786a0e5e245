import { z } from "zod";

const COUNT = z.int().min(0);
const MS = z.number().min(0).meta({ description: "milliseconds" });
const OFFSET = COUNT.meta({
  description: "UTF-16 offset into the document's text, as `focus text --format json` prints it",
});
const PAGE = z.int().min(1).meta({ description: "counted from 1 in file order" });
const PATH = z
  .string()
  .meta({ description: "as the user gave it, or found below a folder; - is standard input" });

const MODEL = z.strictObject({
  name: z.string(),
  path: z.string(),
  fingerprint: z.string().meta({ description: "of the file's content" }),
  trainedContextTokens: COUNT,
});

const CITATION = z.strictObject({
  id: z.int().min(1),
  path: PATH,
  page: PAGE.nullable(),
  pageLabel: z.string().nullable().meta({ description: "as printed on the page" }),
  line: z.int().min(1),
  recognised: z.literal(true).optional().meta({ description: "the quote was recognised in a picture" }),
  start: OFFSET,
  end: OFFSET,
  quote: z.string().meta({ description: "the document's text from start to end" }),
  header: z.string().optional().meta({ description: "the first row of the table whose row is quoted" }),
  support: z.number().meta({ description: "nats" }),
});

const WINDOW_PART = z.strictObject({
  path: PATH,
  chunk: COUNT.meta({ description: "index of the chunk in its document, from 0" }),
  start: OFFSET,
  end: OFFSET,
  page: PAGE.nullable(),
  score: z.number(),
});

const PROBABILITY = z.number().min(0).max(1);

const SHORT_ANSWER = z.strictObject({
  text: z.string(),
  confidence: PROBABILITY,
  citations: z.array(z.int().min(1)).meta({ description: "ids of the passages that give it" }),
});

const COVERAGE = z.strictObject({
  documents: COUNT,
  pages: z.strictObject({
    total: COUNT,
    read: COUNT,
    unreadable: z.array(z.strictObject({ path: PATH, page: PAGE })),
    leftOut: COUNT.optional(),
  }),
  chunks: z.strictObject({
    total: COUNT,
    searched: COUNT.meta({ description: "looked through without a forward pass" }),
    condensed: COUNT.meta({ description: "looked at by the reader under the question" }),
    read: COUNT.meta({ description: "whose rows this run made" }),
    stored: COUNT.meta({ description: "whose rows came from the KV store" }),
  }),
  tokens: z.strictObject({ total: COUNT, read: COUNT }),
  skipped: z.array(z.strictObject({ path: PATH, reason: z.string() })),
});

const CANDIDATES = z.strictObject({
  adapter: z.strictObject({
    name: z.string(),
    path: z.string(),
    sha256: z.string().meta({ description: "of the file, in hex" }),
  }),
  chunks: COUNT.meta({ description: "chunks that have candidate tokens" }),
  perChunk: z.int().min(1).meta({ description: "candidate tokens of each" }),
  reusedChunks: COUNT.meta({ description: "chunks whose candidates came from the KV store" }),
  refreshes: COUNT.meta({ description: "how often all were computed anew while the answer was written" }),
});

/** `focus ask --format json`, version 1; docs/answer.schema.json is made from it. */
export const answerSchema = z
  .strictObject({
    version: z.literal(1),
    command: z.literal("ask"),
    question: z.string(),
    style: z.enum(["short", "write", "quote"]).meta({
      description:
        "in whose words: the condenser's, the writer's, or the documents' own passages, best first, a paragraph each",
    }),
    answer: z.string(),
    verdict: z.enum(["answered", "uncertain", "absent"]),
    confidence: PROBABILITY.meta({ description: "probability that the documents answer the question" }),
    answers: z.array(SHORT_ANSWER).meta({
      description: "different answers of the documents, the likeliest first; only of style short",
    }),
    citations: z.array(CITATION),
    window: z.array(WINDOW_PART).meta({ description: "what the answer was made from, in order" }),
    condenser: z.enum(["answer", "likelihood", "candidates", "both"]).meta({
      description:
        "how chunks were condensed: to answers or to the question's likelihood, which select the window; to candidate tokens, alone or before it",
    }),
    candidates: CANDIDATES.nullable(),
    answeringChunks: COUNT.nullable().meta({
      description: "chunks that answer by themselves, of those condensed; null without a condenser",
    }),
    unsupported: z.array(z.strictObject({ start: COUNT, end: COUNT })).meta({
      description:
        "UTF-16 offsets into the answer: sentences that no passage bears out; only looked for in answers from candidates",
    }),
    coverage: COVERAGE,
    tokens: z.strictObject({
      computed: z.strictObject({
        read: COUNT,
        condense: COUNT,
        window: COUNT,
        answer: COUNT,
        attribute: COUNT,
      }),
      reused: COUNT.meta({ description: "chunk tokens whose rows came from the KV store" }),
    }),
    timings: z.strictObject({
      loadMs: MS,
      readMs: MS,
      condenseMs: MS,
      windowMs: MS,
      firstTokenMs: MS,
      answerMs: MS,
      attributeMs: MS,
      totalMs: MS,
    }),
    models: z.strictObject({ reader: MODEL, writer: MODEL }),
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .meta({ title: "focus ask --format json, version 1" });
