import type { Format } from "./format-name.ts";

const BY_EXTENSION: Readonly<Record<string, Format>> = {
  ".eml": "eml",
  ".mht": "eml",
  ".mhtml": "eml",
  ".mbox": "mbox",
  ".mbx": "mbox",
  ".srt": "subtitles",
  ".vtt": "subtitles",
  ".ipynb": "ipynb",
  ".json": "json",
  ".geojson": "json",
  ".jsonl": "jsonl",
  ".ndjson": "jsonl",
  ".csv": "csv",
  ".tsv": "csv",
  ".tab": "csv",
};

const HEADERS = /^(?:[!-9;-~]+:[ \t]?.*\n(?:[ \t].*\n)*)+/;
const SUBTITLES = /^\s*(?:WEBVTT(?:[ \t\n]|$)|\d+\n(?:\d+:)?\d+:\d\d[,.]\d{3}[ \t]+-->)/;

/** A text's format by its first characters, where they can only mean that; then by its name; else undefined. */
export function sniffText(start: string, extension: string): Format | undefined {
  const text = start.replace(/\r\n?/g, "\n");
  const named = BY_EXTENSION[extension];
  if (named !== undefined && named !== "eml") return named;
  // A patch is a mail to `git am`, and a text to everybody else.
  if (/^\.(?:patch|diff)$/.test(extension)) return undefined;
  if (/^From \S+.*\d{4}[^\n]*\n(?=[!-9;-~]+:)/.test(text)) return "mbox";
  if (named === "eml" || isMail(text)) return "eml";
  return SUBTITLES.test(text) ? "subtitles" : undefined;
}

/** Notes may begin with "From:" and "Subject:"; what only programs write decides. */
function isMail(text: string): boolean {
  const headers = HEADERS.exec(text.slice(0, 8192))?.[0] ?? "";
  const has = (name: string): boolean => new RegExp(`^${name}:`, "im").test(headers);
  const byProgram = ["MIME-Version", "Received", "Message-ID", "Return-Path"].filter(has).length;
  const byHand = ["From", "To", "Subject", "Date"].filter(has).length;
  return byProgram >= 1 && byHand >= 2;
}
