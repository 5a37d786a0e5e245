import { z } from "zod";
import { SUMMARY_WORDS } from "../engine/summary/summary.ts";

/** Clients give up near 60 s: before that a call answers with the id of what goes on. */
const WAIT_SECONDS = 45;

const paths = z
  .array(z.string().min(1))
  .min(1)
  .max(100)
  .describe("files or folders inside the roots, absolute or relative to a root; no patterns");
const wait = z
  .number()
  .min(0)
  .max(600)
  .default(WAIT_SECONDS)
  .describe("seconds to wait for the result; after them an id for the tool result is returned");
const question = z.string().trim().min(1).describe("one whole question, with names instead of pronouns");

/** Names, descriptions and arguments of the tools; docs/mcp.md says more. */
export const TOOLS = {
  ask: {
    description:
      "Answer a question about long documents (PDF, Office, EPUB, HTML, mail, text) on this machine; every answer comes with verbatim quotes and their pages. All of the document is searched. May say that the document does not tell.",
    inputSchema: z.object({
      paths,
      question,
      thorough: z
        .boolean()
        .default(false)
        .describe("have the model read every chunk under the question, not only the best; slow"),
      wait_seconds: wait,
    }),
  },
  find: {
    description:
      'Find every passage that answers, in document order, over the whole document, with page, quote and count, and a few that may, named less sure: for "list all", "how many", "every clause about".',
    inputSchema: z.object({ paths, question, wait_seconds: wait }),
  },
  summarize: {
    description:
      "Summarize documents as one; each point with its page. With a focus, a verdict other than answered means that they may not speak of it.",
    inputSchema: z.object({
      paths,
      focus: z.string().trim().min(1).optional().describe("what to look for; otherwise what matters most"),
      length: z
        .enum(Object.keys(SUMMARY_WORDS) as (keyof typeof SUMMARY_WORDS)[])
        .default("medium")
        .describe("100, 300 or 800 words at most"),
      wait_seconds: wait,
    }),
  },
  text: {
    description: "The text of one document, or of a range of its pages, as the model sees it.",
    inputSchema: z.object({
      path: z
        .string()
        .min(1)
        .describe("a file inside the roots, or what is attached to one: mail.eml » plan.pdf"),
      pages: z.string().optional().describe('"3" or "3-7", counted from 1 in file order'),
      offset: z.int().min(0).optional().describe("where to go on: nextOffset of an earlier call"),
    }),
  },
  documents: {
    description: "List the documents that can be asked about.",
    inputSchema: z.object({ paths: paths.optional().describe("files or folders; all roots otherwise") }),
  },
  read: {
    description:
      "Read documents ahead of questions: returns at once with an id and reads on in the background, so that later questions start at once. The tool result tells how far it is.",
    inputSchema: z.object({ paths }),
  },
  result: {
    description: "How far a job is, or what it gave: for ids from ask, find, summarize and read.",
    inputSchema: z.object({
      id: z.string().describe("the job"),
      cancel: z.boolean().default(false).describe("stop the job"),
      wait_seconds: wait,
    }),
  },
} as const;

export type ToolName = keyof typeof TOOLS;
