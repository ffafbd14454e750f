// Short texts of our own that the demonstrations begin with.

export const LANTERNS = `The old keeper lit the lanterns on the harbour wall. The first lantern was for the fishers, the second lantern was for the ferry, and the third was for nobody. "Somebody may still be on the way," the keeper said, and she lit it again the next evening, and the evening after that.`;

export const HARBOUR = `${LANTERNS}

One night in November the fog came in early. The ferry found the wall by the second lantern. The fishers found it by the first. Long after midnight a small rowing boat found it by the third: two brothers who had lost an oar, and who had rowed in circles until they saw a light where no light was needed.

The keeper gave them tea and asked no questions. In the morning the brothers asked one: why light a lantern for nobody? "You were nobody until last night," said the keeper. "Now you are two people drinking my tea." They laughed, and the older brother mended the hinge of the lantern, and the younger brother polished its glass.

After that winter there were four lanterns on the harbour wall. The fishers asked what the fourth lantern was for. The brothers answered that they were not sure yet.`;
