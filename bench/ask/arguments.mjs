import { SETS } from "./sets.mjs";

/** `name=value` arguments: `given` by name, and those that name sets, in their order; `files`: the others. */
export function argumentsOf(argv) {
  const pairs = argv
    .filter((argument) => argument.includes("="))
    .map((pair) => pair.split(/=(.*)/su).slice(0, 2));
  const files = argv.filter((argument) => !argument.includes("="));
  return { given: Object.fromEntries(pairs), sets: pairs.filter(([kind]) => kind in SETS), files };
}
