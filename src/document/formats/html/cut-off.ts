import { GET_AGAIN } from "../get-again.ts";

/** A tag that goes on longer is none. UTF-16 units. */
const LONGEST_TAG = 4096;

/** One sentence about a page that ends inside a tag, or begins what it does not end; what may be left out is no damage. */
export function describeCutOff(html: string): string[] {
  if (/<[a-z/!][^<>]*$/i.test(html.slice(-LONGEST_TAG)))
    return [`ends inside a tag: it is cut off; ${GET_AGAIN}`];
  const isOpen = /<html[\s>]/i.test(html) && /<body[\s>]/i.test(html) && !/<\/(?:body|html)\s*>/i.test(html);
  return isOpen ? [`ends without </body> or </html>: it may be cut off; ${GET_AGAIN}`] : [];
}
