/** They write the day of a date with a full stop: "31. Dezember", "31. prosince". */
const LOCALES = "de de-AT da nb fi cs sk sl hr bs hu et lv is".split(" ");

let names: ReadonlySet<string> | undefined;

/** Whether a word names a month in a language that writes "31." for a day: German in capitals, all others without. */
export function namesMonth(word: string): boolean {
  names ??= new Set(LOCALES.flatMap(monthsIn));
  return names.has(word);
}

function monthsIn(locale: string): string[] {
  return [...monthNames(locale, "long"), ...monthNames(locale, "short")];
}

/** (12) the names as they stand in dates behind a day, without the stop of an abbreviation. `locale`: a BCP 47 tag. */
export function monthNames(locale: string, month: "long" | "short"): string[] {
  const format = new Intl.DateTimeFormat(locale, { month, day: "numeric", timeZone: "UTC" });
  return Array.from({ length: 12 }, (_, index) => {
    const parts = format.formatToParts(Date.UTC(2024, index, 5));
    return parts.find(({ type }) => type === "month")?.value.replace(/\.$/, "") ?? "";
  });
}
