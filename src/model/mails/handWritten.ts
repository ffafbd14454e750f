// Mails written one by one for this course, hard cases included: wanted mail that sounds like spam, spam that sounds
// like a friend. Half of them are kept for the test.

import type { Split } from './families.ts';

interface HandWritten {
  readonly text: string;
  readonly spam: boolean;
  readonly split: Split;
}

const of = (split: Split, spam: boolean, ...texts: readonly string[]): HandWritten[] =>
  texts.map((text) => ({ text, spam, split }));

export const HAND_WRITTEN: readonly HandWritten[] = [
  ...of(
    'train',
    false,
    'The dentist had a free slot, so I took it for you: Monday at nine.',
    'I won the bet, you owe me a coffee. Today?',
    'Can you send me the link to the report again? I can not find it.',
    'Your library book is due on Friday. You can renew it online or at the desk.',
    'The bike is sold, thanks for asking. The money is in the tin.',
    'Congratulations on the new job! We are so happy for you.',
  ),
  ...of(
    'train',
    true,
    'hi dear, i saw your picture and i want to know you better, click my page',
    'FINAL WARNING your mailbox is full!!! Click to get more room or lose all mails',
    'Work from home, two hours a day, 3,000 euros a month. No experience needed. Reply now.',
    'Your package is at customs. Pay 1.99 to release it.',
    'Hot stocks this week: our readers made 400%. Join free.',
    'Dear beneficiary, the payment of your compensation fund has been approved, send your data.',
  ),
  ...of(
    'validation',
    false,
    'Free tickets! The theatre gave us six for Thursday, who wants one?',
    'Urgent: the cellar is under water, please call me now.',
    'You have been selected for the interview. Could you come on Tuesday at ten?',
    'I forgot my password for the choir page, can you reset it?',
    'The offer from the roofer is 4,800 euros. Shall we take it?',
    'Click on the second photo, that is me with the cow.',
  ),
  ...of(
    'validation',
    true,
    'Hello, as talked about on the phone, please find the document behind this link.',
    'Your invoice is attached as a zip file. Open it to avoid extra costs.',
    'Good news for your hair: it grows back in a month with our oil, order today',
    'I recorded you with your own camera. Pay 900 in bitcoin or your friends will see it.',
  ),
  ...of(
    'test',
    false,
    'We won! Three to one, and Oskar scored twice. Come and celebrate on Saturday.',
    'Your free trial of the language course ends today. You do not have to do anything.',
    'Claim form attached, as you asked. The insurance needs it by Friday.',
    'Dear customer, we will be closed on Monday. Your bakery.',
    'Please verify the numbers in row 12 before I send the report to the bank.',
    'Act three is too long. Could you cut a minute before the meeting?',
    'The prize for the school raffle is a bicycle! Tickets at the door, 2 euros.',
    'Money for the gift: 10 euros each, please give it to Nora by Thursday.',
    'Limited parking on Sunday, so take the train if you can.',
    'Buy milk and eggs on your way home, please.',
    'Your password was changed on Tuesday. If it was you, there is nothing to do.',
    'Last chance to sign up for the hike! Two seats left in the car.',
  ),
  ...of(
    'test',
    true,
    'Hi, it is me, my phone fell into the water. Save my new number and write to me.',
    'Attached is the signed contract from yesterday. Password: 1234',
    'We are hiring! Test products at home, keep them, and get paid for each.',
    'Your video got 300 views, did you know that you are in it? Look here',
    'Make her happy tonight. Blue pills, quiet parcel, no doctor.',
    'You have an unpaid road charge. Pay today to avoid a fine.',
    'The heating engineer was here. Your bank has a new form for refunds, log in here.',
    'Dear sir, we produce steel pipes of best quality and offer low prices. Ask for our list.',
    'Become debt free in a week! The bank does not want you to know this.',
    'Your tax refund of 412 euros is ready. Fill in the form to receive it.',
  ),
];
