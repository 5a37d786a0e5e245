import type { CallToolResult } from "@modelcontextprotocol/server";
import { FocusError } from "../errors.ts";
import { errorJson } from "../format/error.ts";
import { JSON_VERSION } from "../format/json.ts";
import { duration } from "../format/quantity.ts";
import type { Job, JobProgress, Outcome } from "./jobs.ts";

/** What a job is that goes on: its id, to be given to the tool `result`, and how far it is. */
export function running({ id, tool, progress }: Job): Outcome {
  const json = { version: JSON_VERSION, command: tool, job: id, state: "running", progress };
  const text = `Still running (${progressLine(progress)}). Call the tool result with id "${id}" for what it gives.`;
  return { text, json };
}

/** "reading: 12288 of 195112 tokens, 7 min left". */
export function progressLine({ stage, tokens, totalTokens, secondsLeft }: JobProgress): string {
  const counts = tokens === null ? "" : `: ${tokens} of ${totalTokens} tokens`;
  return `${stage}${counts}${secondsLeft === null ? "" : `, ${duration(secondsLeft)} left`}`;
}

export function toolResult({ text, json }: Outcome): CallToolResult {
  return { content: [{ type: "text", text }], structuredContent: json };
}

/** An error that the model may act upon, as focus prints it under --json. */
export function toolError(error: unknown, tool: string): CallToolResult {
  const json = errorJson(error, tool);
  const hint = error instanceof FocusError && error.hint !== undefined ? `\nhint: ${error.hint}` : "";
  const text = `${json.error.message}${hint}`;
  return { isError: true, content: [{ type: "text", text }], structuredContent: json };
}
