import { expect, it } from "vitest";
import { parseBytes } from "../../../src/document/parse.ts";
import { Corpus } from "../../../src/engine/corpus.ts";
import { judgingOrder } from "../../../src/engine/ranking/judging-order.ts";
import { fakeModel } from "../../helpers/fake-model.ts";

it("has chunks of a table of contents judged last, and no more chunks than are wanted", async () => {
  const contents = ["Rules", "Fees", "Boats"].map((title, i) => `${title} . . . . . . . ${i + 1}`).join("\n");
  const text = [contents, "The fee is 40 crowns. ".repeat(3), "Boats are hauled in May. ".repeat(3)].join(
    "\n\n",
  );
  const corpus = new Corpus([await parseBytes(Buffer.from(text), "rules.txt")]);
  const chunks = await corpus.chunks(fakeModel(), 40);
  const { documents } = corpus;
  expect(chunks.map(({ start }) => text.slice(start, start + 5))).toEqual(["Rules", "The f", "Boats"]);
  const bm25 = Float64Array.of(3, 1, 2);
  expect(judgingOrder(bm25, { documents, chunks }, 3)).toEqual([2, 1, 0]);
  expect(judgingOrder(bm25, { documents, chunks }, 2)).toEqual([2, 0]);
});
