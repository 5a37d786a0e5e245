import { describe, expect, test } from "vitest";

import { parseBytes } from "../../../src/document/parse.ts";

const parse = (notebook: unknown) => parseBytes(Buffer.from(JSON.stringify(notebook)), "a.ipynb");

describe("a notebook", () => {
  const picture = { output_type: "display_data", data: { "image/png": "iVBORw0KGgo".repeat(40_000) } };

  test("has its cells and text outputs; pictures are left out and counted", async () => {
    const { text, sections, title, warnings } = await parse({
      metadata: { language_info: { name: "python" } },
      cells: [
        { cell_type: "markdown", source: ["# Berths\n", "\n", "All fees."] },
        {
          cell_type: "code",
          source: "print(710)",
          outputs: [
            { output_type: "stream", text: ["710\n"] },
            picture,
            {
              output_type: "execute_result",
              data: { "text/html": "<table><tr><td>a</td><td>b</td></tr></table>" },
            },
            { output_type: "error", ename: "KeyError", evalue: "'x'", traceback: ["\u001b[31mlong"] },
          ],
        },
        { cell_type: "code", source: "", outputs: [] },
      ],
    });
    expect(text).toBe(
      "# Berths\n\nAll fees.\n\n```python\nprint(710)\n```\n\n```output\n710\n```\n\n```output\na | b\n```\n\n```output\nKeyError: 'x'\n```\n",
    );
    expect(sections).toEqual([{ title: "Berths", level: 1, start: 0 }]);
    expect(title).toBe("Berths");
    expect(warnings).toEqual(["1 picture was left out of the cells' outputs"]);
  });

  test("has what an object shows as, not its name", async () => {
    const shown = async (data: Readonly<Record<string, string>>) => {
      const outputs = [{ output_type: "display_data", data }];
      return (await parse({ cells: [{ cell_type: "code", source: "show()", outputs }] })).text;
    };
    const name = "<IPython.core.display.HTML object>";
    const html = "<p>The fee is <b>710</b>.</p>";
    expect(await shown({ "text/plain": name, "text/html": html })).toContain(
      "```output\nThe fee is 710.\n```",
    );
    expect(await shown({ "text/plain": name, "text/html": html, "text/markdown": "**710**" })).toContain(
      "```output\n**710**\n```",
    );
    expect(await shown({ "text/plain": "<a.B at 0x7f3c>", "text/html": html })).toContain("The fee is 710.");
    expect(await shown({ "text/plain": "<a.B object at 0x7f3c>" })).toContain("<a.B object at 0x7f3c>");
    expect(await shown({ "text/plain": "fee 710", "text/html": html })).toContain("```output\nfee 710\n```");
  });

  test("of format 3 is read, and code with fences keeps them inside", async () => {
    const { text } = await parse({ worksheets: [{ cells: [{ cell_type: "code", input: ["x = '```'"] }] }] });
    expect(text).toBe("````\nx = '```'\n````\n");
  });
});

test("what is no notebook is refused", async () => {
  await expect(parse({ cells: 3 })).rejects.toThrow("a.ipynb: is no notebook: it has no cells");
  await expect(parseBytes(Buffer.from('{"cells"'), "a.ipynb")).rejects.toThrow("for it is no JSON");
});

test("an output of one line of megabytes is read in no time; what was written over is not", async () => {
  const long = "x ".repeat(2_000_000);
  const cell = { cell_type: "code", source: "run()", outputs: [{ text: `10 %\r90 %\rdone\n${long}` }] };
  const { text } = await parseBytes(Buffer.from(JSON.stringify({ cells: [cell] })), "a.ipynb");
  expect(text).toBe(`\`\`\`\nrun()\n\`\`\`\n\n\`\`\`output\ndone\n${long.trimEnd()}\n\`\`\`\n`);
}, 20_000);
