/** "90s", "5m", "1h30m", "1.5h", "90" (seconds) → milliseconds; anything else stays what it is, to be refused by the schema. */
export function toMilliseconds(value: unknown): unknown {
  const seconds = toNumber(value);
  if (typeof seconds === "number") return Math.round(seconds * 1000);
  if (typeof value !== "string") return value;
  const match = /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/u.exec(value.trim());
  if (match === null || match[0] === "") return value;
  const [hours, minutes, rest] = [match[1], match[2], match[3]].map((part) => Number(part ?? 0));
  return Math.round(((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (rest ?? 0)) * 1000);
}

const SIZES: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
};

/** "20GB" (10⁹), "20GiB" (2³⁰), "512" → bytes; anything else stays what it is. */
export function toBytes(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const match = /^(\d+(?:\.\d+)?)\s*([KMGT]?I?B|)$/iu.exec(value.trim());
  const size = SIZES[match?.[2]?.toUpperCase() ?? "?"];
  return match === null || size === undefined ? value : Math.round(Number(match[1]) * size);
}

/** Digits → number; anything else stays what it is: "12abc", "0x10" and "" are not numbers here. */
export function toNumber(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(?:\.\d+)?$/u.test(value.trim()) ? Number(value) : value;
}

const WORDS: Readonly<Record<string, boolean>> = {
  "1": true,
  true: true,
  yes: true,
  on: true,
  "0": false,
  false: false,
  no: false,
  off: false,
};

/** "1", "true", "yes", "on" and their contraries → boolean; anything else stays what it is. */
export function toBoolean(value: unknown): unknown {
  return typeof value === "string" ? (WORDS[value.trim().toLowerCase()] ?? value) : value;
}

/** A number of a file → its digits; anything else stays what it is. */
export function toText(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

/** One text is a list of one. */
export function toList(value: unknown): unknown {
  return typeof value === "string" ? [value] : value;
}

/** Of http or https; a name or a password in it would be shown with every message. */
export function isServerAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/u.test(protocol) && username + password + search + hash === "";
}
