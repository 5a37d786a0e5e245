import { ATTACHED_MARK, isAttachedTo } from "../document/attachments.ts";
import type { Document } from "../document/document.ts";
import { InputError } from "../errors.ts";
import type { Reach } from "./reach.ts";

/** A file, and the path of the document in it that was named: its own, or "mail.eml » plan.pdf". */
export type Named = { readonly file: string; readonly path: string };

/** What a client named, as citations name it. Throws InputError for a folder, and as `Reach.find` does. */
export async function findNamed(path: string, reach: Reach): Promise<Named> {
  const names = path.split(ATTACHED_MARK);
  let failure: unknown;
  // The longest name first: what exists is never taken for an attachment.
  for (let count = names.length; count > 0; count -= 1) {
    try {
      const file = await fileCalled(names.slice(0, count).join(ATTACHED_MARK), reach);
      return { file, path: [file, ...names.slice(count)].join(ATTACHED_MARK) };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      failure = error;
    }
  }
  throw failure;
}

async function fileCalled(name: string, reach: Reach): Promise<string> {
  const { files } = await reach.find([name]);
  const [file] = files;
  if (file !== undefined && files.length === 1) return file;
  throw new InputError(`${name} is a folder, expected a file`, { code: "input.is-folder" });
}

/** The document of this path among those of its file, and behind it what is attached to it. Throws InputError. */
export function documentCalled(
  { file, path }: Named,
  documents: readonly Document[],
): readonly [Document, ...Document[]] {
  const document = documents.find((one) => one.path === path);
  if (document !== undefined) return [document, ...attachedTo(path, documents)];
  const names = attachedTo(file, documents).map((one) => one.path);
  const hint =
    names.length === 0 ? "nothing that can be read is attached to it" : `attached to it: ${names.join(", ")}`;
  throw new InputError(`${file} has no attachment ${path.slice(`${file}${ATTACHED_MARK}`.length)}`, {
    code: "input.not-found",
    hint,
  });
}

function attachedTo(path: string, documents: readonly Document[]): Document[] {
  return documents.filter((one) => isAttachedTo(path, one.path));
}
