// The data of the lesson on evaluating retrieval, made for it: the pottery's rules, the notes on its board, and questions
// with the passages that answer them.

import { RULES } from './pottery.ts';

const NOTES: readonly string[] = [
  'Wheel three wobbles. Please use another until Jun has mended it.',
  'The evening course for beginners starts on 4 March and has nine places.',
  'Error E7 on the kiln’s display means that the door is not shut.',
  'Error E9 on the kiln’s display means that a heating coil is broken. Call Jun.',
  'Wear a mask when you mix glazes, because the dust harms the lungs.',
  'Aprons hang behind the door, and a clean one costs nothing.',
  'Parents bring children from the age of seven on Saturday mornings.',
  'Tools are washed, dried and put back on their hooks.',
  'A wheel may be booked for two hours at a time on the list by the window.',
  'Cracked pots are nobody’s fault. We do not pay for what breaks in the fire.',
  'In August the workshop is closed.',
  'The first-aid box is under the stairs. Burns are held under cold water at once.',
  'Write your initials into the foot of each pot, or nobody will know whose it is.',
  'Stoneware goes into the kiln on Mondays, and earthenware on Thursdays.',
  'Whoever wants to leave the club tells us four weeks before the end of a month.',
  'The spring sale pays eighty percent of the price to the potter.',
];

/** Passage 1 is the first. */
export const BOARD: readonly string[] = [...RULES, ...NOTES];

/** What people ask => the passages that answer it, the best first. The first counts 2, the others 1. */
export const LABELS = [
  'May I look into the kiln while it is warm? => 2',
  'E7 => 11',
  'What does E9 mean? => 12',
  'Is the red colour dangerous to eat from? => 3, 13',
  'How do I get out of my membership? => 23',
  'What does it cost per month? => 8, 1',
  'Can my daughter of eight try it? => 15',
  'Is there a class for somebody who has never done this? => 10',
  'I burned my hand => 20',
  'Who repairs the wheel? => 9',
  'Will I be refunded if my bowl bursts? => 18',
  'When can stoneware be fired? => 22',
  'Can I bring a friend along? => 4',
  'Where do I pour muddy water? => 6',
  'How do I reserve a wheel? => 17',
  'Is it open in summer? => 19',
  'Where is the key? => 7',
  'How much of a sale do I keep? => 24',
  'What should I put on to keep my shirt clean? => 14',
  'How do you tell my pots from the others? => 21',
  'How long are finished pots kept? => 5',
  'What do students pay? => 8',
  'Is dust from glazes harmful? => 13',
  'How many kilos of clay are free? => 1',
].join('\n');
