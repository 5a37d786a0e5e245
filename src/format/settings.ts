import { deedFormats } from "./deed.ts";
import type { Formats } from "./format.ts";
import { JSON_VERSION, toJson, toJsonLine } from "./json.ts";
import { type Column, table } from "./table.ts";

/** A setting, its value (null = not set) and the flag, variable or file that it came from. */
export type SettingRow = {
  readonly key: string;
  readonly value: string | number | boolean | null;
  readonly origin: string;
};

export const SETTING_COLUMNS: readonly Column<SettingRow>[] = [
  { head: "setting", cell: ({ key }) => key },
  { head: "value", cell: ({ value }) => (value === null ? "(not set)" : String(value)) },
  { head: "from", cell: ({ origin }) => origin },
];

/** What `focus config list` prints. */
export const SETTINGS_FORMATS: Formats<readonly SettingRow[]> = {
  text: (settings) => table(settings, SETTING_COLUMNS),
  json: (settings) => toJson({ version: JSON_VERSION, command: "config list", settings }),
  jsonl: (settings) => settings.map((setting) => toJsonLine(setting)).join(""),
};

/** What `focus config get` prints: as text the value alone, an empty line where it is not set. */
export const SETTING_FORMATS = deedFormats<SettingRow>("config get", ({ value }) => `${value ?? ""}\n`);
