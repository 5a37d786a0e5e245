/**
 * What to do about a document that was named by its address on the web: `{ hint }`, to be spread into an error. Empty for any other
 * name.
 */
export function addressHint(path: string): { readonly hint?: string } {
  if (!isAddress(path)) return {};
  const address = /^[\w.:/~%+@,-]+$/u.test(path) ? path : `'${path.replaceAll("'", "%27")}'`;
  return { hint: `focus opens no addresses; download it first: curl -LO ${address}` };
}

/** Whether a name is an address of the web, which no pattern of files looks like. */
export function isAddress(path: string): boolean {
  return /^(?:https?|ftp):\/\//iu.test(path);
}
