/** Lower case, without articles and punctuation, one space between words. */
export function plainWords(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.,:]\p{N}+)*/gu) ?? [];
  return words.filter((word) => !["a", "an", "the"].includes(word)).join(" ");
}
