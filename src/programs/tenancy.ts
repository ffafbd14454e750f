// The data of the lesson on semantic search, made for it: a tenancy agreement of 18 short clauses, and questions with the
// clauses that answer them. No such agreement was ever signed, and nothing in it is advice.

export interface Clause {
  readonly title: string;
  readonly text: string;
}

/** Clause 1 is the first. */
export const CLAUSES: readonly Clause[] = [
  { title: 'Rent', text: 'The rent is 840 euros a month. It is due by bank transfer on the third working day.' },
  {
    title: 'Deposit',
    text: 'A deposit of 1,680 euros is paid before moving in. Six weeks after the keys are handed back it is returned, less the cost of damage.',
  },
  { title: 'Late payment', text: 'Whoever pays more than ten days late owes a fee of 15 euros.' },
  { title: 'Animals', text: 'Two cats may live in the flat. A dog needs a written yes from the landlord.' },
  {
    title: 'Quiet hours',
    text: 'From ten at night to six in the morning no music or other noise may reach the neighbours.',
  },
  {
    title: 'Subletting',
    text: 'A room may be let to somebody else for up to four weeks a year, if the landlord is told beforehand.',
  },
  {
    title: 'Repairs',
    text: 'What breaks without the tenant being at fault is mended by the landlord within 14 days.',
  },
  { title: 'Small repairs', text: 'Light bulbs, fuses and washers in the taps are replaced by the tenant.' },
  { title: 'Heating', text: 'From October to April the radiators keep every room at 20 degrees.' },
  {
    title: 'Boiler, low pressure',
    text: 'If the boiler shows ERR_4032, there is too little water in the pipes. Open the blue valve under the kitchen sink until the needle stands at 1.5 bar.',
  },
  { title: 'Boiler, flue', text: 'If the boiler shows ERR_4031, switch it off and go outside.' },
  {
    title: 'Giving notice',
    text: 'The tenant may end this contract by letter, three months before the end of a month.',
  },
  {
    title: 'Entering the flat',
    text: 'The landlord comes in by appointment only, announced a day before, or in an emergency.',
  },
  { title: 'Bicycles', text: 'Bicycles and prams stand in the cellar, and not on the stairs.' },
  { title: 'Smoking', text: 'Cigarettes may be lit on the balcony, and nowhere else in the building.' },
  {
    title: 'Barbecue',
    text: 'Nothing may be grilled over charcoal on the balcony. An electric grill is welcome.',
  },
  { title: 'Keys', text: 'The tenant gets three keys. If one is lost, the tenant pays for a new lock.' },
  { title: 'Rubbish', text: 'Bins are put out on Tuesday evening. Glass and paper are collected in the yard.' },
];

/** As it is searched: the title belongs to the text. */
export const CLAUSE_TEXTS: readonly string[] = CLAUSES.map(({ title, text }) => `${title}. ${text}`);

/** `4 Animals` */
export function clauseName(index: number): string {
  return `${index + 1} ${CLAUSES[index]!.title}`;
}

/** To set a threshold by: what people ask, and the clause that answers it; 0 where none does. */
export const QUESTIONS = [
  'May I keep a kitten? => 4',
  'When do I get my deposit back? => 2',
  'What happens if I pay too late? => 3',
  'Can I play the piano at midnight? => 5',
  'Who pays for a new lamp? => 8',
  'How warm must it be in winter? => 9',
  'The boiler shows ERR_4032 => 10',
  'How do I cancel the lease? => 12',
  'Where do I park my bike? => 14',
  'When is the garbage collected? => 18',
  'Is there a parking space for my car? => 0',
  'Can I paint the walls green? => 0',
  'How fast is the internet? => 0',
  'Who was the first person on the moon? => 0',
].join('\n');

/** Others, to see what the threshold is worth on questions that it wasn't set by. */
export const MORE_QUESTIONS = [
  'What does the flat cost? => 1',
  'Can a friend rent my spare bedroom in summer? => 6',
  'Who fixes a broken window? => 7',
  'ERR_4031 => 11',
  'Can the owner visit without telling me? => 13',
  'Can I have a cigarette indoors? => 15',
  'May I grill sausages outside? => 16',
  'I lost my key => 17',
  'Is there a swimming pool? => 0',
  'How do I bake bread? => 0',
].join('\n');
