import { expect, it } from "vitest";
import { isOfOtherKind, isOnlySpeaker } from "../../../src/engine/answer/other-kind.ts";

it.each([
  ["How many people took part?", "18 months"],
  ["How many people took part?", "about 1,200 days"],
  ["In how many towns was it sold?", "over three winters"],
  ["Where does bought software belong?", "3.13.1."],
  ["Who signed?", "(4)"],
  ["To whom was it sent?", "2,400"],
  ["What is the telephone number of the maintainers?", "debian-live@lists.debian.org"],
  ["What's their phone number?", "at the end"],
  ["Fax number?", "the clerk"],
  ["What is the phone number of the list?", "104"],
  ["Which number do I ring when the heating fails?", "the caretaker"],
  ["What is the clerk's e-mail address?", "12 High Street"],
])("%s is not answered by %s", (question, answer) => {
  expect(isOfOtherKind(answer, question)).toBe(true);
});

it.each([
  ["How many people took part?", "1,455"],
  ["How many people took part?", "1,455 within 18 months"],
  ["How many people took part?", "ten within two years"],
  ["How many sessions are there?", "10 two-hour sessions"],
  ["How many camps are there?", "three summer camps"],
  ["How many more men than women?", "three times as many"],
  ["Over how many winters did they write it down?", "three seasons"],
  ["How many times was it tried?", "three times"],
  ["How long did it last?", "18 months"],
  ["Where is the office?", "4 High Street"],
  ["Who won?", "the 49ers"],
  ["What is the telephone number of the maintainers?", "+44 20 7946 0123"],
  ["What is the clerk's mobile number?", "07700 900123"],
  ["Which number do I call in an emergency?", "112"],
  ["What number do I call for an ambulance?", "999"],
  ["How many phone numbers are listed?", "12"],
  ["Whose phone number is on the notice?", "the caretaker's"],
  ["When are email addresses of members deleted?", "after 30 days"],
  ["Which member's phone number is withheld?", "Ann Lee's"],
  ["What numbers are called irrational?", "those that are no fraction"],
  ["Why was the phone number withheld?", "on request"],
  ["Which phone number formats are allowed?", "E.164"],
  ["What phone numbering plan is used?", "the North American one"],
  ["What is the e-mail address for complaints?", "complaints@example.org"],
  ["What is the clerk's email address?", "clerk at example dot org"],
  ["What number of people called?", "twelve"],
  ["Who do I call if the heating fails?", "020 7946 0123"],
  ["Where and when was it signed?", "12/05/1993"],
  ["The WHO limit for lead in water?", "0.01"],
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
  expect(isOnlySpeaker("Chair", "What department was it?", MINUTES)).toBe(false);
  expect(isOnlySpeaker("wood", "What is it made of?", MINUTES)).toBe(false);
  expect(isOnlySpeaker("Total", "What is it?", "Total: 4\nSum: 3\nIn Total: 4, Total: 4")).toBe(false);
  const far = `Item${" ".repeat(24)}Price: 4\n`.repeat(3);
  expect(isOnlySpeaker("Price", "What is it?", far)).toBe(false);
  expect(isOnlySpeaker("ERROR", "What is the severity?", "ERROR: a\nERROR: b\nERROR: c")).toBe(false);
  const hours = "Sunday: closed\nMonday: 9 to 5\n".repeat(3);
  expect(isOnlySpeaker("Sunday", "When is the library closed?", hours)).toBe(false);
});
