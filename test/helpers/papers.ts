/** A made-up document of several chunks, whose facts each stand in one place. */
export const PAPERS = [
  "# The Sandrevoe light\n\nThe tower of the Sandrevoe light was designed by Isobel Tarrant. It is 38 metres high and was built of grey granite between 1869 and 1871.",
  "# Standing orders\n\nThe bearing of the turning works is greased after 400 hours of running. Ammonia is forbidden for washing the panes of the lantern. Nobody goes out on the gallery above a wind speed of 62 knots.",
  "# The boat\n\nThe station's boat is called Merganser. She was bought in 1921 for 340 pounds from a yard at Stromness, and carries four people. Her engine was replaced twice.",
  "# The lease\n\nThe lease of the keepers' house runs for 17 years. The deposit is held by the notary Euphemia Scollay. The tenant may sublet to Fenwick College only.",
  "# Stores\n\nThe coal is delivered in April and September. The paraffin tank holds 2,300 litres and is inspected every second year. Fresh water comes from a cistern under the yard.",
  "# Accidents\n\nThe trawler Gudrun Astrid passed on the wrong side of the beacon in 1962 and lost her rudder. In 1884 the barque Konstanze ran upon the skerry in snow.",
].join("\n\n");

export const QUESTION = "Who designed the tower of the Sandrevoe light?";
