import { describe, expect, it } from "vitest";
import { declines } from "../../../src/engine/attribution/refusal.ts";
import { type Evidence, judge, judgeMargin } from "../../../src/engine/attribution/verdict.ts";
import { ABSENT_BELOW, ANSWERED_FROM, BEST_MARGIN } from "../../../src/engine/condenser/confidence.ts";

const CONDENSED: Evidence = {
  declined: false,
  isWritten: false,
  isOfOtherKind: false,
  margin: 4,
  explained: undefined,
  questionOverlap: 0.5,
};
const LIKELIHOOD: Evidence = { ...CONDENSED, margin: undefined, explained: 0.4, isWritten: true };

describe("the verdict", () => {
  it("is answered where a chunk answers for sure, and uncertain where it hardly does", () => {
    expect(judge(CONDENSED).verdict).toBe("answered");
    expect(judge({ ...CONDENSED, margin: -1.5 }).verdict).toBe("uncertain");
  });

  it("is absent where no chunk answers, and nobody wrote an answer", () => {
    expect(judge({ ...CONDENSED, margin: -12 })).toMatchObject({ verdict: "absent" });
    expect(judge({ ...CONDENSED, margin: -12, isWritten: true })).toMatchObject({ verdict: "uncertain" });
  });

  it("changes at the margins whose probabilities are the thresholds", () => {
    const marginOf = (share: number): number =>
      (Math.log(share / (1 - share)) - BEST_MARGIN.bias) / BEST_MARGIN.slope;
    const around = (share: number) =>
      [-0.01, 0.01].map((step) => judgeMargin(marginOf(share) + step).verdict);
    expect(around(ABSENT_BELOW)).toEqual(["absent", "uncertain"]);
    expect(around(ANSWERED_FROM)).toEqual(["uncertain", "answered"]);
  });

  it("is never absent by likelihood alone", () => {
    expect(judge(LIKELIHOOD).verdict).toBe("answered");
    expect(judge({ ...LIKELIHOOD, explained: 0, questionOverlap: 0 }).verdict).toBe("uncertain");
    expect(judge({ ...LIKELIHOOD, explained: 0, questionOverlap: 0, isWritten: false }).verdict).toBe(
      "uncertain",
    );
  });

  it("is absent where the writer declines, whatever was found", () => {
    expect(judge({ ...CONDENSED, declined: true, isWritten: true }).verdict).toBe("absent");
  });

  it("is not sure of an answer of another kind than what is asked for", () => {
    expect(judge({ ...CONDENSED, isOfOtherKind: true }).verdict).toBe("uncertain");
    expect(judge({ ...CONDENSED, isOfOtherKind: true, margin: -12 }).verdict).toBe("absent");
  });

  it("comes with a probability that grows with the margin", () => {
    const confidences = [-30, -4, 0, 4, 30].map((margin) => judge({ ...CONDENSED, margin }).confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    for (const confidence of confidences) expect(confidence >= 0 && confidence <= 1).toBe(true);
  });
});

describe("a writer", () => {
  it.each([
    "",
    "Not in the document.",
    "The excerpts do not mention the tower. It is not specified in the text.",
  ])("declines with: %s", (answer) => expect(declines({ answer, style: "write" })).toBe(true));

  it.each([
    "Isobel Tarrant designed it; the excerpts do not mention when. It stands in Sandrevoe.",
    "The tower is white.",
  ])("does not decline with: %s", (answer) => expect(declines({ answer, style: "write" })).toBe(false));

  it("may be quoted with such words by a document", () => {
    expect(declines({ answer: "The book does not mention who painted it.", style: "quote" })).toBe(false);
  });
});
