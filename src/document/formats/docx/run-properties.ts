import { isOn } from "../zip/on-off.ts";

/** What a run's style, its paragraph's style, or the run itself says of its text. */
export type RunProperties = {
  struck?: boolean;
  hidden?: boolean;
  position?: "sup" | "sub" | "baseline";
  font?: string;
  /** Of the run alone: the id of its character style. */
  style?: string;
};

const POSITIONS: Readonly<Record<string, RunProperties["position"]>> = {
  superscript: "sup",
  subscript: "sub",
};

/** Takes one element of `w:rPr` in. */
export function readRunProperty(properties: RunProperties, name: string, value: string | undefined): void {
  if (name === "w:vertAlign") properties.position = POSITIONS[value ?? ""] ?? "baseline";
  else if (name === "w:strike" || name === "w:dstrike") properties.struck = isOn(value);
  else if (name === "w:vanish") properties.hidden = isOn(value);
  else if (name === "w:rFonts" && value !== undefined) properties.font = value;
  else if (name === "w:rStyle" && value !== undefined) properties.style = value;
}

export type RunLayers = Readonly<Record<"paragraph" | "character" | "own", RunProperties>>;

/**
 * The run's own properties over its character style's over its paragraph style's; what is switched in both styles is off
 * (ECMA-376 part 1, section 17.7.3).
 */
export function layerRunProperties({ paragraph, character, own }: RunLayers): RunProperties {
  const has = (key: "struck" | "hidden"): boolean =>
    own[key] ?? (paragraph[key] === true) !== (character[key] === true);
  return { ...paragraph, ...character, ...own, struck: has("struck"), hidden: has("hidden") };
}
