// The notes of a station café, invented for this course: what the tool loop searches.

export const NOTES: readonly (readonly [name: string, text: string])[] = [
  [
    'opening',
    'Opening hours: the café opens at six on workdays and at eight on Sundays. It closes with the last train.',
  ],
  [
    'complaints',
    'A guest who is unhappy with a drink gets a new one at once. If they want their money back instead, see the till rules.',
  ],
  [
    'till rules',
    'Till rules: money back is paid within 14 days, on the receipt alone. Above 20 euros the shift leader has to sign.',
  ],
  ['machine', 'The espresso machine is rinsed after every shift and descaled on the first Monday of the month.'],
  ['allergies', 'Oat milk and cow milk have jugs of their own. For nuts in cakes see the cake list.'],
  ['cake list', 'Cake list: the carrot cake and the brownie hold nuts. The lemon cake holds none.'],
  ['delays', 'When a train is more than an hour late, waiting guests get tea for half the price.'],
  ['lost things', 'What guests leave behind is kept under the counter for a week and then goes to the station office.'],
  ['wages', 'Wages are paid on the last workday of the month. Tips are shared by the hour.'],
];
