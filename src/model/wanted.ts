import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { type CatalogueModel, findModel } from "./catalogue.ts";
import { isHubUri } from "./sources/hf.ts";
import { requireSafe } from "./sources/safe-address.ts";
import type { Source } from "./sources/source.ts";

/** A model that can be pulled, and the name under which it lies in the models folder. */
export type Pullable = {
  readonly kind: "pullable";
  /** As the user wrote it. */
  readonly text: string;
  readonly name: string;
  readonly sources: readonly Source[];
  readonly catalogue?: CatalogueModel;
};

/** What the text that names a model means. */
export type Wanted =
  | Pullable
  | { readonly kind: "path"; readonly path: string }
  /** A file that the user put into the models folder, or a name that focus does not know. */
  | { readonly kind: "name"; readonly name: string };

/** Tells a catalogue name, a hf: or https: URI, a path and any other name apart; touches neither disk nor network. Throws ModelError. */
export function parseWanted(wanted: string): Wanted {
  const catalogue = findModel(wanted);
  if (catalogue !== undefined) {
    return { kind: "pullable", text: wanted, name: catalogue.name, sources: catalogue.sources, catalogue };
  }
  if (isHubUri(wanted)) {
    return uriModel(wanted, { kind: "hf", uri: wanted });
  }
  if (/^https?:\/\//iu.test(wanted)) {
    return uriModel(wanted, { kind: "https", url: requireSafe(wanted) });
  }
  if (/[/\\]|\.gguf$/iu.test(wanted)) return { kind: "path", path: absolute(wanted) };
  return { kind: "name", name: wanted };
}

function uriModel(text: string, source: Source): Pullable {
  return { kind: "pullable", text, name: localName(text), sources: [source] };
}

/** Text from a configuration file has met no shell that would know `~`. */
function absolute(path: string): string {
  return /^~[/\\]/u.test(path) ? join(homedir(), path.slice(2)) : resolve(path);
}

const LONGEST_NAME = 80;

/**
 * A name for what lies at a URI, the same each time: its last part, to be recognised by, and eight digits of its hash,
 * since many models are called model.gguf. `hf:user/some-GGUF:Q4_K_M` → "some-GGUF-Q4_K_M-1a2b3c4d".
 */
function localName(uri: string): string {
  const [path = ""] = uri.split(/[?#]/u);
  const last =
    path
      .split("/")
      .filter((part) => part !== "")
      .at(-1) ?? "";
  const readable = last
    .replace(/\.gguf$/iu, "")
    .replace(/[^A-Za-z0-9._-]+/gu, "-")
    .replace(/^[-.]+/u, "");
  const hash = createHash("sha256").update(uri).digest("hex").slice(0, 8);
  return `${readable.slice(0, LONGEST_NAME) || "model"}-${hash}`;
}
