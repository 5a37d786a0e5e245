import { expect, test } from "vitest";
import { hasWords, plainWords } from "../../../src/engine/attribution/plain-words.ts";

function has(text: string, sought: string): boolean {
  return hasWords(plainWords(text), plainWords(sought));
}

test.each([
  ["It costs 1,450 crowns.", "1,450 crowns"],
  ["The Boiler's lease", "boiler s"],
  ["契約者は田中太郎である。", "田中太郎"],
  ["株式会社\n東京が支払う。", "株式会社東京"],
  ["甲方为ABC公司，租期13年。", "abc"],
  ["甲方为 Acme Ltd 公司。", "Acme Ltd公司"],
  ["किराया की दर", "की"],
  ["임대차계약서를 2019년에 썼다", "계약서"],
])("%j has the words %j", (text, sought) => {
  expect(has(text, sought)).toBe(true);
});

test.each([
  ["It costs 1,450 crowns.", "450 crowns"],
  ["The boilers are old.", "boiler"],
  ["租期13年。", "3年"],
  ["甲方为ABC公司。", "BC公司"],
  ["The lease ends.", "the"],
  ["किराया की दर", "का"],
])("%j does not have the words %j", (text, sought) => {
  expect(has(text, sought)).toBe(false);
});
