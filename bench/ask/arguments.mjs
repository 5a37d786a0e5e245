import { SETS } from "./sets.mjs";

/** `name=value` arguments: `given` by name, and those that name sets, in their order. */
export function argumentsOf(argv) {
  const pairs = argv.map((argument) => argument.split(/=(.*)/su).slice(0, 2));
  return { given: Object.fromEntries(pairs), sets: pairs.filter(([kind]) => kind in SETS) };
}
