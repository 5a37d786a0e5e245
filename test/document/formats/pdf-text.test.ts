import { describe, expect, test } from "vitest";

import { cleanLine } from "../../../src/document/formats/pdf/clean.ts";
import { keepsWords } from "../../../src/document/formats/pdf/form-values.ts";
import { joinHyphens } from "../../../src/document/formats/pdf/hyphens.ts";

describe("line-end hyphens", () => {
  test.each([
    ["in\ufffeformation", "", "information"],
    ["command\ufffespecific", "a command, the specific", "command-specific"],
    ["com\ufffemand", "com mand command", "command"],
    ["day-to\ufffeday", "to the day today", "day-to-day"],
    ["non-distri\ufffebution", "bution", "non-distribution"],
    ["debhello\ufffe0.0.tar", "", "debhello-0.0.tar"],
    ["Debian\ufffeGemeinschaft", "", "Debian-Gemeinschaft"],
    ["IM\ufffePLIED", "", "IMPLIED"],
    ["--gen\ufffesuppressions", "gen suppressions", "--gen-suppressions"],
    ["end\ufffe", "", "end-"],
  ])("%j beside %j is %j", (broken, elsewhere, joined) => {
    expect(joinHyphens([broken, elsewhere])).toEqual([joined, elsewhere]);
  });

  test("in a line of a million letters cost no more than their number", () => {
    const start = performance.now();
    const [text] = joinHyphens([`${"a".repeat(1_000_000)}\ufffeb`]);
    expect(text).toHaveLength(1_000_001);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

test("glyph forms become letters, powers stay, controls go", () => {
  expect(cleanLine("e\ufb03cient\u00a0x\u00b2 \x00\x1c\ufee1 \t ")).toBe("efficient x² \u0645");
});

test.each([
  ["Name\nCountry", "Name Ingrid\nCountry Norway", true],
  ["Name", "Ingrid\nName", true],
  ["", "Ingrid", true],
  ["Antrag auf Mitgliedschaft", "$QWUDJ DXI 0LWJOLHGVFKDIW", false],
])("a page that says %j and is drawn upon still says it: %j", (before, after, keeps) => {
  expect(keepsWords(before, after)).toBe(keeps);
});
