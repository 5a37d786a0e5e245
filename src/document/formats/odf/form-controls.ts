import { boxOf } from "../html/controls.ts";
import type { XmlAttributes } from "../zip/namespaces.ts";

type Control = { label: string; value: string; readonly entries: string[] };

const BOXES = new Set(["form:checkbox", "form:radio"]);
const FIELDS = new Set([
  "form:text",
  "form:textarea",
  "form:combobox",
  "form:listbox",
  "form:formatted-text",
  "form:number",
  "form:date",
  "form:time",
  "form:fixed-text",
]);

/** What the controls of a form hold (OpenDocument 1.3 part 3, section 13), said where the text shows them. */
export function createFormControls(write: (text: string) => void) {
  const controls = new Map<string, Control>();
  let control: Control | undefined;
  const note = (name: string, attributes: XmlAttributes): void => {
    const box = BOXES.has(name) ? boxOf(isTicked(attributes)) : "";
    const value = attributes["form:current-value"] ?? attributes["form:value"] ?? "";
    control = { label: attributes["form:label"] ?? "", value: box === "" ? value : box, entries: [] };
    for (const id of [attributes["xml:id"], attributes["form:id"]])
      if (id !== undefined) controls.set(id, control);
  };
  return {
    open: (name: string, attributes: XmlAttributes): void => {
      if (BOXES.has(name) || FIELDS.has(name)) note(name, attributes);
      else if (name === "form:option" && isChosen(attributes))
        control?.entries.push(attributes["form:label"] ?? attributes["form:value"] ?? "");
      else if (name === "draw:control") write(saidBy(controls.get(attributes["draw:control"] ?? "")));
    },
  };
}

function saidBy(control: Control | undefined): string {
  const { value = "", entries = [], label = "" } = control ?? {};
  return [entries.length > 0 ? entries.join(", ") : value, label].filter((text) => text !== "").join(" ");
}

function isTicked(attributes: XmlAttributes): boolean {
  const state = attributes["form:current-state"] ?? attributes["form:state"];
  return state === "checked" || isYes(attributes["form:current-selected"] ?? attributes["form:selected"]);
}

function isChosen(attributes: XmlAttributes): boolean {
  return isYes(attributes["form:current-selected"] ?? attributes["form:selected"]);
}

function isYes(value: string | undefined): boolean {
  return value === "true";
}
