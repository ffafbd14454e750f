// The data of the lessons on retrieval-augmented generation, made for them: the rules of a pottery workshop, and what its
// members ask. No such workshop has these rules.

/** Where the rules are said to stand. */
export const HANDBOOK_PATH = 'handbook.md';

/** A paragraph a rule. Each sentence ends with a full stop and a single space or the paragraph's end. */
export const RULES: readonly string[] = [
  'Each member may take ten kilos of clay a month without paying, and every further kilo costs three euros. Dry scraps go into the blue bin.',
  'Any member may open the kiln, but only when its needle has fallen below 80 degrees. A firing takes eleven hours.',
  'Green and white glazes may go on plates and cups. The red glaze is for the outside of vases, as it is poisonous.',
  'Guests are welcome on Sundays, if a member stays beside them. They pay six euros.',
  'Finished pots wait on the long shelf for four weeks. After that they are given to the school fair.',
  'Water with clay in it goes into the settling tank, and never down the sink.',
  'The key hangs in the café next door. Whoever leaves last turns off the fan and brings the key back.',
  'Membership costs thirty euros a month. Students pay half, once they have shown a card.',
];

/** The file as it stands in the folder: a line a paragraph, an empty line between two. */
export const HANDBOOK = RULES.join('\n\n');

/** What members ask, and whether the rules answer it. */
export const POTTERY_QUESTIONS = [
  'May I open the kiln while it is hot? => yes',
  'How long does a firing take? => yes',
  'How many kilos of clay may I take? => yes',
  'Which glaze is safe for a cup? => yes',
  'May I pour clay water down the sink? => yes',
  'Do students pay less? => yes',
  'What happens to pots that nobody fetches? => yes',
  'Where is the key? => yes',
  'How hot does the kiln get? => no',
  'Is there a parking space? => no',
  'May I bring my dog? => no',
  'Do you sell gift vouchers? => no',
  'What time does the workshop close? => no',
  'Who won the world cup in 1998? => no',
].join('\n');
