import { Chalk } from "chalk";
import type { FormatOptions, Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { printableLine } from "./printable.ts";
import { SETTING_COLUMNS, type SettingRow } from "./settings.ts";
import { table } from "./table.ts";

/** One thing that `focus doctor` looked at. */
export type Check = {
  readonly name: string;
  readonly status: "ok" | "warn" | "fail";
  readonly detail: string;
  /** What to do; null where nothing is to be done. */
  readonly hint: string | null;
};

export type Diagnosis = { readonly checks: readonly Check[]; readonly settings: readonly SettingRow[] };

/** What `focus doctor` prints. */
export const DOCTOR_FORMATS: Formats<Diagnosis> = {
  text: diagnosisText,
  json: (diagnosis) => toJson(diagnosisJson(diagnosis)),
  jsonl: (diagnosis) => toJsonLine(diagnosisJson(diagnosis)),
};

function diagnosisJson({ checks, settings }: Diagnosis) {
  const ok = checks.every(({ status }) => status !== "fail");
  return { version: JSON_VERSION, command: "doctor", ok, checks, settings } as const;
}

function diagnosisText({ checks, settings }: Diagnosis, { color }: FormatOptions): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const paint = { ok: chalk.green, warn: chalk.yellow, fail: chalk.red };
  const width = Math.max(...checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, status, detail, hint }) => [
    `${paint[status](status.padEnd(4))}  ${name.padEnd(width)}  ${printableLine(detail)}`,
    ...(hint === null ? [] : [`${" ".repeat(width + 8)}${printableLine(hint)}`]),
  ]);
  return `${lines.join("\n")}\n\n${table(settings, SETTING_COLUMNS)}`;
}
