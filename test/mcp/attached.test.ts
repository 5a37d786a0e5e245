import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseNested } from "../../src/document/parse-nested.ts";
import { documentCalled, findNamed } from "../../src/mcp/attached.ts";
import { Reach } from "../../src/mcp/reach.ts";
import { openRoots } from "../../src/mcp/roots.ts";
import { makeMail } from "../helpers/make-mail.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const INNER = makeMail("See the note.", [{ name: "note.txt", bytes: Buffer.from("Noted.") }]);
const MAIL = makeMail("See the plan.", [
  { name: "plan.txt", bytes: Buffer.from("The roof is new.") },
  { name: "inner.eml", bytes: INNER },
]);

describe("what a client names", () => {
  it.each([
    { path: "mail.eml", file: "mail.eml", inside: "" },
    { path: "mail.eml » plan.txt", file: "mail.eml", inside: " » plan.txt" },
    { path: "in/mail.eml » inner.eml » note.txt", file: "in/mail.eml", inside: " » inner.eml » note.txt" },
    { path: "mail.eml » in/plan.txt", file: "mail.eml", inside: " » in/plan.txt" },
    { path: "odd » name.txt", file: "odd » name.txt", inside: "" },
    { path: "odd » mail.eml » plan.txt", file: "odd » mail.eml", inside: " » plan.txt" },
  ])("is a file, or what is attached to one: $path", async ({ path, file, inside }) => {
    const files = { "mail.eml": MAIL, "in/mail.eml": MAIL, "odd » name.txt": "Odd.", "odd » mail.eml": MAIL };
    const cwd = await tempFolder(files);
    const [root] = await openRoots(["."], cwd);
    const reach = new Reach(root === undefined ? [] : [root], {});
    const absolute = join(root?.path ?? "", file);
    const named = { file: absolute, path: `${absolute}${inside}` };
    expect(await findNamed(path, reach)).toEqual(named);
    // As citations name it.
    expect(await findNamed(named.path, reach)).toEqual(named);
  });

  it("is refused with its file", async () => {
    const cwd = await tempFolder({
      "private/mail.eml": MAIL,
      "mail.eml": MAIL,
      "in/a.txt": "A.",
      "in/b.txt": "B.",
    });
    const reach = new Reach(await openRoots(["."], cwd), { exclude: ["private/"] });
    await expect(findNamed("private/mail.eml » plan.txt", reach)).rejects.toThrow(
      "private/mail.eml is excluded",
    );
    await expect(findNamed("../mail.eml » plan.txt", reach)).rejects.toThrow(
      "../mail.eml is not in the roots",
    );
    await expect(findNamed("none.eml » plan.txt", reach)).rejects.toThrow("none.eml: no such file or folder");
    await expect(findNamed("in", reach)).rejects.toMatchObject({
      message: "in is a folder, expected a file",
      code: "input.is-folder",
    });
  });
});

describe("the document that is called by a path", () => {
  const called = async (inside: string) => {
    const documents = await parseNested({ bytes: MAIL, path: "mail.eml" });
    const found = documentCalled({ file: "mail.eml", path: `mail.eml${inside}` }, documents);
    return found.map(({ path }) => path);
  };

  it("comes with what is attached to it", async () => {
    const note = "mail.eml » inner.eml » note.txt";
    expect(await called("")).toEqual(["mail.eml", "mail.eml » plan.txt", "mail.eml » inner.eml", note]);
    expect(await called(" » inner.eml")).toEqual(["mail.eml » inner.eml", note]);
    expect(await called(" » plan.txt")).toEqual(["mail.eml » plan.txt"]);
  });

  it("is missed by name, with those that there are", async () => {
    await expect(called(" » roof.txt")).rejects.toMatchObject({
      message: "mail.eml has no attachment roof.txt",
      code: "input.not-found",
      hint: "attached to it: mail.eml » plan.txt, mail.eml » inner.eml, mail.eml » inner.eml » note.txt",
    });
  });
});
