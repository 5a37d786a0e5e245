import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { parseBytes } from "../../src/document/parse.ts";
import { caseFile } from "../helpers/case-file.ts";

/** What a case's text must hold, word for word, and what it must not. */
type Right = { readonly has: readonly string[]; readonly not?: readonly RegExp[] };

const MAIL =
  "the annual meeting takes place on Thursday, 14 March 2024 in the Kröller hall at half past six. The caretaker Jürgen Weiß has the key, and the fee for the buffet is 25 €.";
const B137 = "B137 | Ibis 137 | 5.3 | 271 | 710 | 101 | Olsen\n";
const RATES =
  "Region | 2023 | 2023 | 2024 | 2024\nRegion | Adults | Children | Adults | Children\nNorth | 11 | 12 | 13 | 14\nNorth | 21 | 22 | 23 | 24\nSouth | 31 | 31 | 33 | 34\n";
const FORM = [
  "[x] Owns a boat\n[ ] Owns a car\n",
  "[ ] Was convicted of a crime\n[ ] Married\n[x] Single\n",
  "Name\nIngrid Solheim\nCountry\nNorway\n",
];
const CRANE =
  "Ingrid said that the budget for the new crane is\ntwo million four hundred thousand crowns and that it has to be\nspent before the end of June otherwise the council takes it back\n";
const MOJIBAKE = /Ã|â€/u;
const CONTROL = /[^\P{Cc}\n]/u;

const CASES: Readonly<Record<string, Right>> = {
  "e01-base64.eml": { has: ["Subject: Jahresversammlung im März\n", MAIL], not: [/[A-Za-z0-9+/]{60}/u] },
  "e01-qp.eml": { has: ["Subject: Jahresversammlung im März\n", MAIL], not: [/=C3|=E2/u] },
  "e02-page.mhtml": { has: ["Attachments: image/png (60 kB)\n", MAIL], not: [/[A-Za-z0-9+/]{60}/u] },
  "e03-box.mbox": { has: ["Subject: Jahresversammlung im März\n", MAIL], not: [/[A-Za-z0-9+/]{60}/u] },
  "h01-empty-cells.html": {
    has: [
      "Pump A | 12 | |\nPump B | 15 | bronze | 2019\nPump C | | |\nPump D | 18 | steel |\n\nAfter the table.\n",
    ],
  },
  "h02-spans.html": { has: [RATES] },
  "h03-sup.html": {
    has: [
      "holds 118² litres of mercury, and about 10²¹ atoms escape each day.³ The add-on weighs 1½ kg and costs 45^a francs.",
    ],
    not: [/1182|1021/u],
  },
  "h04-del.html": {
    has: ["The licence costs 70 euros per year.", "The tenant may keep a dog."],
    not: [/80 euros|may not|six months/u],
  },
  "h05-script-selfclosed.xhtml": { has: ["The lighthouse keeper was called Ansgar Tveit."] },
  "h05-title-selfclosed.xhtml": { has: ["The lighthouse keeper was called Ansgar Tveit."] },
  "h06-wrong-charset.html": {
    has: ["Die Bürgermeisterin heißt Zoë Müller und wohnt in Köln.", "The mayor’s name is Zoë Müller – she"],
    not: [MOJIBAKE],
  },
  "h07-ruby.html": { has: ["灯台(とうだい)の水銀(すいぎん)は118リットルである。東(とう)京(きょう)から"] },
  "h08-hidden.html": {
    has: ["The total award is 485,000 USD.", "[not visible: Total award: 2 USD.]\n"],
    not: [/^(?!\[not visible).*\b[12] USD/mu],
  },
  "h09-form.html": {
    has: [
      "Name of applicant Ingrid Solheim\n",
      "Country [ ] Denmark [x] Norway [ ] Sweden\n",
      "[x] Owns a boat [ ] Owns a car\n",
      "Gender [ ] female [x] other\n",
    ],
  },
  "h12-zwsp.html": {
    has: ["The Donau\u200bdampf\u200bschiff\u200bfahrts\u200bgesellschaft owns 14 steamers"],
  },
  "h13-long-table.html": { has: [`\n${B137}`] },
  "p01-columns-rowwise.pdf": {
    has: [
      "The committee approved the new budget of\nThe surgeon Alma Rust treated nine sailors\nin the spring of 1911.",
    ],
  },
  "p02-columns-footnotes.pdf": {
    has: [
      "The lamp consumes 3\nlitres of oil a\nnight, which is little.",
      "\n1 Measured by the district engineer in 1902.\n2 The older lamp took 5 litres.\n",
    ],
  },
  "p04-glyphids-one.pdf": {
    has: ["The keeper Jens Foss earned 91 crowns."],
    not: [CONTROL],
  },
  "p05-superscript.pdf": {
    has: [
      "The bath of the lens holds 118² litres of mercury, and the tower is 42³ metres high.\n",
      "The vapour has a density of 10⁻³ kg/m³ and the keeper's pension¹⁷ is 900^a crowns.\n",
    ],
  },
  "p06-pleading.pdf": {
    has: [
      "The defendant Arne Moe admitted that the brakes of\nthe truck had not been inspected since March 2016",
    ],
    not: [/^\d{1,2}$|brakes of \d/mu],
  },
  "p07-header-facts.pdf": {
    has: ["Document no. NS-4471 rev. C issued 12 March 2021", "Prepared by: Sigrid Vold"],
  },
  "p07-invoices.pdf": { has: ["Invoice no. 2024-127 Date: 5 March 2024\nCustomer: Boatyard C\n"] },
  "p08-hidden.pdf": {
    has: [
      "The total award amount is 485,000 USD.",
      "[not visible: Covered: the total award amount is 5 USD.]",
    ],
    not: [/^(?!\[not visible).*\b[1-5] USD/mu],
  },
  "p09-notes.pdf": {
    has: [
      "[comment: Reviewer Tuva Sand: the deadline has moved to 30 September.]",
      "[comment: Stamp: approved by Ole Krag on 2 May]",
    ],
  },
  "p10-portfolio.pdf": { has: ["For the best experience, open this PDF portfolio in"] },
  "p10-xfa.pdf": { has: ["Please wait..."] },
  "p11-checkboxes.pdf": { has: FORM },
  "p11-need-appearances.pdf": { has: FORM },
  "p18-tables.pdf": { has: [RATES, "\nEast | | | 43 |\n", "\nB137 | Gannet 137 | 7.6 | 79 | 185 | 781\n"] },
  "p20-strikeout.pdf": { has: ["The licence costs 70 euros per year."], not: [/80 euros/u] },
  "q06-boilers.txt": { has: ["A crack of 11 millimetres was found in the third stay of this boiler."] },
  "q07-agreement-v1.txt": { has: ["a notice period of 30 days to the end of a quarter"] },
  "q07-agreement-v2.txt": { has: ["a notice period of 90 days to the end of a quarter"] },
  "q13-numbers.txt": {
    has: ["beträgt 1.234,56 EUR. The second invoice, of 2024-04-05, amounts to 9 876.50 francs"],
  },
  "t01-utf16be-nobom.txt": { has: ["The harbour bell was cast by Oddvar Lien in 1871"], not: [CONTROL] },
  "t01-utf16le-nobom.txt": { has: ["The harbour bell was cast by Oddvar Lien in 1871"], not: [CONTROL] },
  "t02-ansi.log": { has: ["ERROR disk sdc reported 17 reallocated sectors\n"], not: [CONTROL] },
  "t02-one-nul.log": { has: ["ERROR disk sdc reported 17 reallocated sectors\n"], not: [CONTROL] },
  "t03-nfc.txt": { has: ["The surveyor Zoë Müller-Crèvecœur mapped the Ångström skerry".normalize("NFC")] },
  "t03-nfd.txt": { has: ["The surveyor Zoë Müller-Crèvecœur mapped the Ångström skerry".normalize("NFD")] },
  "t04-shy.md": { has: ["four\u00adteen steam\u00ader"] },
  "t04-zwsp.txt": { has: ["The Quar\u200bter\u200bdeck Trust pays 900 crowns"] },
  "t06-app.conf": {
    has: ["# The watchdog restarts a stalled worker after 45 seconds, since the RAID controller needs 30"],
  },
  "t07-meeting.srt": { has: [CRANE], not: [/-->|^\d+$/mu] },
  "t07-meeting.vtt": { has: [CRANE], not: [/-->|WEBVTT/u] },
  "t08-berths.csv": { has: ["Berth | Vessel | Draught (m) |", `\n${B137}`] },
  "t08-berths.md": { has: ["| B137 | Ibis 137 | 5.3 | 271 | 710 | 101 | Olsen |"] },
  "t15-changelog.txt": {
    has: ["#4711 The watchdog timeout was raised to 45 seconds for slow RAID controllers."],
  },
  "t15-tight-headings.md": { has: ["## 31. Landing fee\nThe landing fee is 340 crowns per tonne.\n"] },
};
/** Has nothing that can be read. */
const REFUSED = "p04-identity-all.pdf";

describe("the text of each case", () => {
  test("is listed here", async () => {
    const files = await readdir(new URL("../fixtures/cases", import.meta.url));
    expect(files.toSorted()).toEqual([...Object.keys(CASES), REFUSED].toSorted());
  });

  test.each(Object.entries(CASES))("%s", async (name, { has, not = [] }) => {
    const { text } = await parseBytes(await caseFile(name), name);
    for (const right of has) expect(text).toContain(right);
    for (const wrong of not) expect(text).not.toMatch(wrong);
  });

  test(`${REFUSED} is refused`, async () => {
    await expect(parseBytes(await caseFile(REFUSED), REFUSED)).rejects.toThrow("its text cannot be read");
  });
});
