const SECTIONS = [
  "# The Sandrevoe light\n\nThe tower of the Sandrevoe light was designed by Isobel Tarrant. It is 38 metres high and was built of grey granite between 1869 and 1871.",
  "# Standing orders\n\nThe bearing of the turning works is greased after 400 hours of running. Ammonia is forbidden for washing the panes of the lantern. Nobody goes out on the gallery above a wind speed of 62 knots.",
  "# The boat\n\nThe station's boat is called Merganser. She was bought in 1921 for 340 pounds from a yard at Stromness, and carries four people. Her engine was replaced twice.",
  "# The lease\n\nThe lease of the keepers' house runs for 17 years. The deposit is held by the notary Euphemia Scollay. The tenant may sublet to Fenwick College only.",
  "# Stores\n\nThe coal is delivered in April and September. The paraffin tank holds 2,300 litres and is inspected every second year. Fresh water comes from a cistern under the yard.",
  "# Accidents\n\nThe trawler Gudrun Astrid passed on the wrong side of the beacon in 1962 and lost her rudder. In 1884 the barque Konstanze ran upon the skerry in snow.",
];

/** A made-up document of several chunks, whose facts each stand in one place. */
export const PAPERS = SECTIONS.join("\n\n");

/** Half of it, with what answers QUESTION: for tests that several chunks are enough for. */
export const FEW_PAPERS = SECTIONS.slice(0, 3).join("\n\n");

export const QUESTION = "Who designed the tower of the Sandrevoe light?";

/** One for each fact. */
export const QUESTIONS = [
  QUESTION,
  "How high is the tower?",
  "What was the tower built of?",
  "After how many hours is the bearing of the turning works greased?",
  "What is forbidden for washing the panes of the lantern?",
  "Above which wind speed does nobody go out on the gallery?",
  "What is the station's boat called?",
  "When was the boat bought, and for how much?",
  "Where was the yard that sold the boat?",
  "How many people does the boat carry?",
  "How often was her engine replaced?",
  "For how many years does the lease of the keepers' house run?",
  "Who holds the deposit?",
  "To whom may the tenant sublet?",
  "When is the coal delivered?",
  "How much does the paraffin tank hold?",
  "Where does the fresh water come from?",
  "Which trawler lost her rudder?",
  "On which side of the beacon did the trawler pass?",
  "Which barque ran upon the skerry in snow?",
];
