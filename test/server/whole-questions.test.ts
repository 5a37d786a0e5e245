import { expect, it } from "vitest";
import { answerMarkdown, askedAs, markdownRest } from "../../src/format/markdown.ts";
import { spoken } from "../../src/server/whole-questions.ts";
import { ANSWER } from "../format/samples.ts";

it("an earlier reply is what was said, without its sources and the question above it", () => {
  const { answer } = ANSWER;
  expect(spoken(`${askedAs("Who *approved* it?")}${answerMarkdown(ANSWER)}`)).toBe(answer);
  expect(spoken(`${answer}${markdownRest(ANSWER)}`)).toBe(answer);
  expect(spoken("Asked for **Sources**, as: all")).toBe("Asked for **Sources**, as: all");
});
