/** A style and those that it is based on, outermost first; the styles of a damaged file may go round. */
export function chainOf<Style>(
  style: Style | undefined,
  parentOf: (style: Style) => Style | undefined,
): Style[] {
  const chain: Style[] = [];
  for (let at = style; at !== undefined && !chain.includes(at); at = parentOf(at)) chain.push(at);
  return chain.reverse();
}
