import type { Layer } from "./file.ts";
import type { ConfigKey } from "./keys.ts";

/** Pairs of settings of which one takes away what the other says. */
export const OPPOSITES = [
  ["thorough", "condenseChunks"],
  ["quiet", "verbose"],
] as const satisfies readonly (readonly [ConfigKey, ConfigKey])[];

/** Settings that count as not said, since their opposite comes from a nearer layer: a flag, say, against a variable. The nearest layer is the first. */
export function overruled(
  layers: readonly Layer[],
  values: Readonly<Partial<Record<ConfigKey, unknown>>>,
): ConfigKey[] {
  const distance = (key: ConfigKey): number => layers.findIndex((layer) => layer.has(key));
  const rules = (key: ConfigKey, other: ConfigKey): boolean =>
    values[key] !== false && distance(key) !== -1 && distance(key) < distance(other);
  return OPPOSITES.flatMap(([one, other]) => {
    if (rules(one, other)) return [other];
    return rules(other, one) ? [one] : [];
  });
}
