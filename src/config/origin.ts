import { type ConfigKey, fileKey } from "./keys.ts";

/** Where a value came from; later ones in this list lose to earlier ones. */
export type Origin =
  | { readonly kind: "flag"; readonly flag: string }
  | { readonly kind: "environment"; readonly variable: string }
  /** `project`: focus.toml in the working folder; `named`: the file of --config, which takes the project file's place. */
  | { readonly kind: "project" | "named" | "user"; readonly path: string }
  | { readonly kind: "default" };

/** The origin of every key, also of those that are undefined. */
export type Origins = Readonly<Record<ConfigKey, Origin>>;

/** "--chunk", "FOCUS_CHUNK", "focus.toml: chunk", "default": how messages and `focus doctor` name a value's origin. */
export function describeOrigin(origin: Origin, key: ConfigKey): string {
  switch (origin.kind) {
    case "flag":
      return origin.flag;
    case "environment":
      return origin.variable;
    case "project":
    case "named":
    case "user":
      return `${origin.path}: ${fileKey(key)}`;
    case "default":
      return "default";
  }
}
