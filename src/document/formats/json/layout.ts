/** Deeper members are no further to the right. */
const DEEPEST_INDENT = 12;

/**
 * JSON with a member or an item a line. It works on the text, not on parsed values: long numbers keep their digits,
 * doubled keys their places, and what is no JSON its characters.
 */
export function layoutJson(json: string): string {
  const parts: string[] = [];
  let depth = 0;
  const newLine = (): void => void parts.push(`\n${"  ".repeat(Math.min(depth, DEEPEST_INDENT))}`);
  // Strings, even unclosed ones; brackets with nothing between; single marks; runs of anything else.
  const tokens = json.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|\{\s*\}|\[\s*\]|[{}[\],:]|[^"{}[\],:\s]+/g);
  for (const [token] of tokens) {
    if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      newLine();
    }
    parts.push(token === ":" ? ": " : token);
    if (token === "{" || token === "[") depth += 1;
    if (token === "{" || token === "[" || token === ",") newLine();
  }
  return parts.join("");
}
