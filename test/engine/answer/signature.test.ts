import { expect, test } from "vitest";
import { isIdleSignature } from "../../../src/engine/answer/signature.ts";

const SIGNED = "HALS MARINE LTD. By: /s/ Ingrid Hals Name: Ingrid Hals Title: President";

test.each([
  SIGNED,
  "By: ________________________",
  "Name: Ingrid Hals\nTitle: President\nDate: 3 May 2019",
  "Title: ------------------------",
])("%j answers no question for yes, for an amount or a reason", (passage) => {
  expect(isIdleSignature(passage, "Can the lease be ended by word of mouth?")).toBe(true);
  expect(isIdleSignature(passage, "How much notice must be given?")).toBe(true);
  expect(isIdleSignature(passage, "Why was the berth let?")).toBe(true);
});

test("a signature may answer who, what and when", () => {
  for (const question of ["Who runs the company?", "What is she called?", "When was it signed?"]) {
    expect(isIdleSignature(SIGNED, question)).toBe(false);
  }
});

test.each([
  "The lease is ended by: a notice in writing, a sale, or the death of the tenant.",
  "The tenant gives her name: Ingrid Hals.",
  "Dogs are forbidden.",
  "TITLE:\nA trial of two drugs against pain",
  `The fee of a berth is 40 crowns a day, ${"of a boat house more. ".repeat(8)} By: Name: Title:`,
])("%j is no signature", (passage) => {
  expect(isIdleSignature(passage, "Is there a signature?")).toBe(false);
});
