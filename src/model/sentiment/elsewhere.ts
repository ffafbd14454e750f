// Sentences with a feeling in them, written by hand, that the grammar of reviews can't make: other words, other forms,
// irony, and feelings that no word names. For seeing where a model trained on that grammar ends.

import type { Review } from './reviews.ts';

export const ELSEWHERE: readonly Pick<Review, 'text' | 'positive'>[] = [
  { text: 'My grandmother cried with joy when the parcel came.', positive: true },
  { text: 'Two hours on hold, and then the line went dead.', positive: false },
  { text: 'You will want a second helping.', positive: true },
  { text: 'The dentist was done before I noticed that he had begun.', positive: true },
  { text: 'Great, another Monday without heating.', positive: false },
  { text: 'The hotel forgot our booking, our luggage and our names.', positive: false },
  { text: 'I have recommended this plumber to my whole street.', positive: true },
  { text: 'It broke on the second day.', positive: false },
  { text: 'The bread is still crisp in the evening.', positive: true },
  { text: 'If you enjoy queues, this is the museum for you.', positive: false },
  { text: 'I could not put the book down.', positive: true },
  { text: 'The soup tasted of the tin.', positive: false },
  { text: 'Our children ask every week when we go back.', positive: true },
  { text: 'Could have been worse, I suppose, but I do not know how.', positive: false },
  { text: 'The nurse explained everything twice and smiled both times.', positive: true },
  { text: 'Save yourself the trip.', positive: false },
  { text: 'The old lock opens like new.', positive: true },
  { text: 'They promised Tuesday. It is Friday.', positive: false },
  { text: 'Not once in ten years has it let me down.', positive: true },
  { text: 'The good news is that it is over.', positive: false },
];
