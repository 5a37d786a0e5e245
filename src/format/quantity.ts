const GROUPED = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** 512341 → "512,341". */
export function count(value: number): string {
  return GROUPED.format(value);
}

/** "1 chunk", "1,102 chunks". */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? "" : "s"}`;
}

/** Decimal units, as disks are sold: 98362432 → "98 MB". */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1);
  const scaled = value / 1000 ** power;
  return `${scaled < 10 && power > 1 ? scaled.toFixed(1) : scaled.toFixed(0)} ${units[power]}`;
}

/** 135e6 → "135M", 1.54e9 → "1.5B". */
export function parameters(value: number): string {
  return value < 1e9 ? `${Math.round(value / 1e6)}M` : `${(value / 1e9).toFixed(1)}B`;
}

/** Rounded to what one wants to know: "12 s", "7 min", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(seconds < 0.5 ? 0 : 1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long ago, in whole units: "just now", "12 min ago", "3 h ago", "40 days ago". Clocks that went back are now. */
export function age(seconds: number): string {
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${counted(Math.floor(seconds / 86_400), "day")} ago`;
}

/** A share (0 … 1) in whole per cent: 0.347 → "35 %". */
export function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
