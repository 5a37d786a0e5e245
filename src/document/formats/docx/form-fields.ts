import { boxOf } from "../html/controls.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";
import { isOn } from "../zip/on-off.ts";
import type { Openers } from "./tables.ts";

/**
 * The boxes and lists of Word's older forms, whose answers stand in the field's data alone (ECMA-376 part 1, section
 * 17.16); what was typed into a text field is its result.
 */
export function createFormFields(write: (text: string) => void): Openers {
  let entries: string[] = [];
  /** By the element that says it; one without a value says yes. */
  let said = new Map<string, string>();
  const begin = (): void => {
    entries = [];
    said = new Map();
  };
  const note = (name: string) => (attributes: XmlAttributes) =>
    void said.set(name, attributes["w:val"] ?? "1");
  const answer = (name: string): string => said.get(name) ?? said.get("default") ?? "0";
  return {
    open: {
      "w:checkBox": begin,
      "w:ddList": begin,
      "w:default": note("default"),
      "w:checked": note("checked"),
      "w:result": note("result"),
      "w:listEntry": (attributes) => void entries.push(attributes["w:val"] ?? ""),
    },
    close: {
      "w:checkBox": () => write(boxOf(isOn(answer("checked")))),
      "w:ddList": () => write(entries[Number(answer("result"))] ?? ""),
    },
  };
}
