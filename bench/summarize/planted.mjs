// Twenty facts that nothing else in a document speaks of, two in every tenth.

const FACTS = [
  ["The north pump of the Harwick mill was replaced in 1913 at a cost of 4,271 pounds.", "4,271"],
  ["Inspector Ludlow counted 318 cracked tiles on the roof of the Merrow baths.", "318"],
  ["The ferry Calliope carried 6,902 sheep in the spring of that year.", "6,902"],
  ["A reward of 755 crowns was paid to the finder of the Ottery bell.", "755"],
  ["The Penrose observatory moved its clock back by 47 seconds.", "47 seconds"],
  ["Captain Elswood left 1,936 books to the school at Tarrant.", "1,936"],
  ["The well at Crickmere was dug to a depth of 214 feet.", "214"],
  ["Doctor Vane treated 83 patients for the marsh fever in one week.", "83 patients"],
  ["The bridge at Low Farthing carries at most 26 tons since the flood.", "26 tons"],
  ["The orchard of Saint Bride yielded 9,410 baskets of quinces.", "9,410"],
  ["The town of Aldershaw bought its fire engine for 5,680 pounds.", "5,680"],
  ["The archive of Wexcombe lost 127 maps in the fire of the east wing.", "127"],
  ["The Quillfeather prize went to 14 pupils of the harbour school.", "14 pupils"],
  ["The tunnel under Mount Corran is 3,355 yards long.", "3,355"],
  ["The choir of Dunmallet sang before 2,048 guests on the eve of the feast.", "2,048 guests"],
  ["The Branscombe quarry employed 592 men before it was closed.", "592"],
  ["The lighthouse at Gull Point burns 71 litres of oil a night.", "71 litres"],
  ["The council of Ravensby fined the tanner 360 shillings.", "360 shillings"],
  ["The glasshouse of Lady Ismay holds 1,127 orchids.", "1,127"],
  ["The last train of the Tolvan line was 38 minutes late.", "38 minutes"],
];

export const N_TENTHS = 10;

/** The text with each fact as a paragraph of its own; facts[i] stands in tenth floor(i / 2). */
export function plant(text) {
  let planted = "";
  let from = 0;
  for (const [i, [fact]] of FACTS.entries()) {
    const wanted = Math.floor((text.length * (i + 0.5)) / FACTS.length);
    const end = text.indexOf("\n\n", wanted);
    const near = end >= 0 && end < wanted + text.length / FACTS.length / 3;
    const at = near ? end : text.indexOf("\n", wanted);
    planted += `${text.slice(from, at)}\n\n${fact}\n\n`;
    from = at;
  }
  return planted + text.slice(from);
}

/** "2 1 0 …": how many of each tenth's two facts these texts have; and of all. */
export function recalled(texts) {
  const said = texts.join("\n").replaceAll(/\s+/gu, " ");
  const found = FACTS.map(([, mark]) => said.includes(mark) || said.includes(mark.replaceAll(",", "")));
  const perTenth = Array.from(
    { length: N_TENTHS },
    (_, i) => Number(found[2 * i]) + Number(found[2 * i + 1]),
  );
  return { facts: found.filter(Boolean).length, perTenth: perTenth.join(" ") };
}
