import { stemmer as arabic } from "@orama/stemmers/arabic";
import { stemmer as dutch } from "@orama/stemmers/dutch";
import { stemmer as french } from "@orama/stemmers/french";
import { stemmer as german } from "@orama/stemmers/german";
import { stemmer as greek } from "@orama/stemmers/greek";
import { stemmer as hungarian } from "@orama/stemmers/hungarian";
import { stemmer as hindi } from "@orama/stemmers/indian";
import { stemmer as italian } from "@orama/stemmers/italian";
import { stemmer as portuguese } from "@orama/stemmers/portuguese";
import { stemmer as romanian } from "@orama/stemmers/romanian";
import { stemmer as russian } from "@orama/stemmers/russian";
import { stemmer as spanish } from "@orama/stemmers/spanish";
import { stemmer as swedish } from "@orama/stemmers/swedish";
import { stemmer as turkish } from "@orama/stemmers/turkish";
// That package's own English takes "inspection" to "inspec", which is not the stem of "inspected".
import { stemmer as english } from "stemmer";
import { folded } from "./fold.ts";

/**
 * Stemmers of Snowball (English: Porter 1980) by ISO 639-3 code, of the languages that are detected. Recall at 1, 2 and 4
 * chunks of xquad and squad-it, in points: Russian +8.5, Arabic, Romanian, Turkish +4.5 to +4.8, Italian +3.4, German
 * +1.8, Spanish +1.0. Indonesian is left out (-0.9).
 */
const STEMMERS: Readonly<Record<string, (word: string) => string>> = {
  arb: arabic,
  deu: german,
  ell: greek,
  eng: english,
  fra: french,
  hin: hindi,
  hun: hungarian,
  ita: italian,
  nld: dutch,
  por: portuguese,
  ron: romanian,
  rus: russian,
  // Trigrams take plain English for Scots now and then.
  sco: english,
  spa: spanish,
  swe: swedish,
  tur: turkish,
};

/** In these an accent tells words apart that have nothing to do with each other. */
const ACCENTS_MATTER = new Set(["vie"]);

/** A word in lower case, with and without its accents. */
export type Unstemmed = { readonly written: string; readonly exact: string };

/**
 * The stem of a word in lower case, without accents; the word itself in a language without a stemmer. English stems
 * are of the word without accents (résumé = resume); elsewhere endings have accents of their own.
 */
export function stem({ written, exact }: Unstemmed, language: string): string {
  if (ACCENTS_MATTER.has(language)) return written;
  const stemmer = STEMMERS[language];
  if (stemmer === undefined) return exact;
  return stemmer === english ? english(exact) : folded(stemmer(written));
}
