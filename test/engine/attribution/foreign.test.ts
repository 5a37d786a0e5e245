import { describe, expect, it } from "vitest";
import { foreignTerms, inventory } from "../../../src/engine/attribution/foreign.ts";

const KNOWN = inventory(
  "In 1962 the Gudrun Astrid lost her rudder. The tank holds 2,300 litres; the rate is 3.5.",
);

describe("foreignTerms", () => {
  it.each([
    ["The tank holds 2300 litres.", []],
    ["However, the Gudrun Astrid lost her rudder in 1962.", []],
    ["The rate is 35.", ["35"]],
    ["In 1963 the trawler was lost.", ["1963"]],
    ["The trawler Konstanze lost her rudder.", ["Konstanze"]],
    ["Konstanze lost her rudder.", ["Konstanze"]],
    ["The litres are held by Isobel Tarrant in 1871.", ["1871", "Isobel", "Tarrant"]],
  ])("of “%s” are %j", (sentence, expected) => {
    expect(foreignTerms(sentence, KNOWN)).toEqual(expected);
  });
});
