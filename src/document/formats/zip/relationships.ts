import type { Archive } from "./archive.ts";
import { readPart } from "./part.ts";

/** A part of an Office file that another part refers to (ECMA-376 part 2, section 9.3). */
export type Relationship = {
  /** The last word of its type: "slide", "footnotes". */
  readonly type: string;
  /** The part's name in the archive. */
  readonly target: string;
};

/** What the part `source` refers to, by id; "" asks for the package's own. External targets are left out. */
export async function readRelationships(
  archive: Archive,
  source: string,
): Promise<ReadonlyMap<string, Relationship>> {
  const slash = source.lastIndexOf("/") + 1;
  const folder = source.slice(0, slash);
  const name = `${folder}_rels/${source.slice(slash)}.rels`;
  const found = new Map<string, Relationship>();
  await readPart(
    archive,
    { name },
    {
      open: (element, { Id, Type, Target, TargetMode }) => {
        if (element !== "rel:Relationship" || Id === undefined || Target === undefined) return;
        if (TargetMode === "External") return;
        const type = Type?.split("/").at(-1) ?? "";
        found.set(Id, { type, target: resolvePart(folder, Target) });
      },
    },
  );
  return found;
}

/** The first part of a type that the relationships name. */
export function partOfType(
  relationships: ReadonlyMap<string, Relationship>,
  type: string,
): string | undefined {
  return [...relationships.values()].find((relationship) => relationship.type === type)?.target;
}

/** "../notes/n1.xml" as seen from "ppt/slides/" is "ppt/notes/n1.xml". */
export function resolvePart(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  return steps.join("/");
}
