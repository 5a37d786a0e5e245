import { expect, it } from "vitest";
import { isOfOtherKind, isOnlySpeaker } from "../../../src/engine/answer/other-kind.ts";

it.each([
  ["How many people took part?", "18 months"],
  ["In how many towns was it sold?", "over three winters"],
  ["Where does bought software belong?", "3.13.1."],
  ["Who signed?", "(4)"],
  ["To whom was it sent?", "2,400"],
])("%s is not answered by %s", (question, answer) => {
  expect(isOfOtherKind(answer, question)).toBe(true);
});

it.each([
  ["How many people took part?", "1,455"],
  ["How many people took part?", "1,455 within 18"],
  ["Over how many winters did they write it down?", "three seasons"],
  ["How many times was it tried?", "three times"],
  ["How long did it last?", "18 months"],
  ["Where is the office?", "4 High Street"],
  ["Who won?", "the 49ers"],
  ["What is the section's number?", "3.13.1."],
  ["Wo liegt das Boot?", "12"],
])("%s may be answered by %s", (question, answer) => {
  expect(isOfOtherKind(answer, question)).toBe(false);
});

const MINUTES = [
  "Chair: Welcome.",
  "Marketing: Thanks.",
  "Chair: What is it made of?",
  "Marketing: Of wood.",
  "Chair: Good.",
].join("\n");

it("knows a speaker by the lines that begin with the name", () => {
  expect(isOnlySpeaker("Chair", "What is it made of?", MINUTES)).toBe(true);
  expect(isOnlySpeaker("Chair", "Who said so?", MINUTES)).toBe(false);
  expect(isOnlySpeaker("wood", "What is it made of?", MINUTES)).toBe(false);
  expect(isOnlySpeaker("Total", "What is it?", "Total: 4\nSum: 3\nIn Total: 4, Total: 4")).toBe(false);
});
