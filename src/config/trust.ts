import { UsageError } from "../errors.ts";
import type { Layer } from "./file.ts";
import { type ConfigKey, fileKey } from "./keys.ts";
import { shownRefused } from "./secrets.ts";

/** A model's name, as against a path or a URI. */
const NAME = /^(?!.*\.gguf$)[\w.-]+$/iu;

/** Of the adapters that come with focus; any other name may be that of a file beside the focus.toml. */
export const ADAPTER_NAMES: readonly string[] = ["smollm2-135m.candidates"];

/** What a focus.toml that merely lies in the working folder, such as that of a cloned repository, may not do. */
const FORBIDDEN: Partial<Record<ConfigKey, { what: string; when: (value: unknown) => boolean }>> = {
  model: { what: "name a model by path or URI", when: (value) => !isName(value) },
  reader: { what: "name a model by path or URI", when: (value) => !isName(value) },
  adapter: {
    what: "name an adapter that does not come with focus",
    when: (value) => !isShippedAdapter(value),
  },
  engine: { what: "send documents to a server", when: () => true },
  engineKey: { what: "name a variable whose value is sent to a server", when: () => true },
  output: { what: "choose a file to write", when: () => true },
  cacheBudgetBytes: { what: "resize the KV store", when: () => true },
  passwordFile: { what: "name a file to read a password from", when: () => true },
  offline: { what: "switch the network on", when: (value) => value !== true },
};

/** Throws UsageError when a project file sets what only its user may. */
export function refuseUntrusted(project: Layer): void {
  for (const [key, { value }] of project) {
    const rule = FORBIDDEN[key];
    if (rule === undefined || !rule.when(value)) continue;
    throw new UsageError(
      `focus.toml in this folder sets ${fileKey(key)} = ${shownRefused(key, value)}, but may not ${rule.what}`,
      { hint: "if you trust the file, name it: --config focus.toml" },
    );
  }
}

function isName(value: unknown): boolean {
  return typeof value === "string" && NAME.test(value);
}

function isShippedAdapter(value: unknown): boolean {
  return value === "none" || (typeof value === "string" && ADAPTER_NAMES.includes(value.toLowerCase()));
}
