/** Whether a switch of Office Open XML is on (ECMA-376 part 1, section 22.9.2.7); an element without a value says yes. */
export function isOn(value = "1"): boolean {
  return !/^(?:0|false|off|none)$/.test(value);
}
