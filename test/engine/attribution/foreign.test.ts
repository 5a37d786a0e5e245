import { describe, expect, it } from "vitest";
import { foreignNumbers, foreignTerms, inventory } from "../../../src/engine/attribution/foreign.ts";

const KNOWN = inventory(
  "In 1962 the Gudrun Astrid lost her rudder. The tank holds 2,300 litres; the rate is 3.5.",
  "eng",
);

describe("foreignTerms", () => {
  it.each([
    ["The tank holds 2300 litres.", []],
    ["However, the Gudrun Astrid lost her rudder in 1962.", []],
    ["The rate is 35.", ["35"]],
    ["The tank holds 3,200 litres.", ["3,200"]],
    ["In 1963 the trawler was lost.", ["1963"]],
    ["The trawler Konstanze lost her rudder.", ["Konstanze"]],
    ["Konstanze lost her rudder.", ["Konstanze"]],
    ["The litres are held by Isobel Tarrant in 1871.", ["1871", "Isobel", "Tarrant"]],
  ])("of “%s” are %j", (sentence, expected) => {
    expect(foreignTerms(sentence, KNOWN)).toEqual(expected);
  });
});

describe("foreignTerms in another language than English", () => {
  it.each([
    ["deu", "Der Vertrag mit den Häfen endet im Mai.", "Zudem endet der Vertrag des Hafens.", []],
    ["deu", "Die Häuser gehören der Stadt.", "Das Haus gehört der Stadt Lübeck.", ["Lübeck"]],
    ["fra", "Le bail prend fin en mai.", "Selon le bail, Paul le signe en 2019.", ["2019", "Paul"]],
    ["jpn", "契約は2019年3月5日に始まる。", "It began on 5 March 2019.", []],
    ["jpn", "契約は2019年3月5日に始まる。", "It began on 5 April 2019.", ["April"]],
  ])("%s: from %j, of %j they are %j", (...given) => {
    const [language, text, sentence, expected] = given;
    expect(foreignTerms(sentence, inventory(text, language))).toEqual(expected);
  });
});

describe("foreignNumbers", () => {
  it.each([
    ["2,5 Millionen", "2.5 million", []],
    ["1.200 Euro", "1,200 euros", []],
    ["1 200,50 €", "€1,200.50", []],
    ["2024-04-03, 3/4", "on 03.04.2024, 4 of 3", []],
    ["um 12:30", "at 12, with 30", ["12:30"]],
    ["2019年3月5日", "on 5 March 2019", []],
    ["2019年3月5日", "am 5. März 2019", []],
    ["2019年3月5日", "el 5 de marzo de 2019", []],
    ["2019年4月5日", "on 5 March 2019", ["4"]],
    ["5月", "You may go in 2019.", ["5"]],
    ["第５条、４２円", "Article 5: 42 yen", []],
    ["٤٢", "42", []],
    ["12.50 €", "12,5 €", []],
    ["Python 3.10", "Python 3.1", ["3.10"]],
    ["2,5 Millionen", "25 million", ["2,5"]],
    ["1.300 Euro, 1.300", "1,200 euros", ["1.300"]],
    ["2024-05-03", "on 03.04.2024", ["2024-05-03"]],
  ])("of %j, from %j, are %j", (text, source, expected) => {
    expect(foreignNumbers(text, source)).toEqual(expected);
  });
});
