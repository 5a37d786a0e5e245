/** The same offset, or the one before it where it lies within a surrogate pair: each half alone would be written as U+FFFD. */
export function atCharacter(text: string, offset: number): number {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}
