// What the mails of lesson 13 are drawn from: families of mails with gaps to fill. Nobody's mail is in it. A family is
// wanted or spam; all mails of one family go to the same part of the data, so that no test mail has a twin in training.

/** Which part of the data a family's mails belong to. */
export type Split = 'train' | 'validation' | 'test';

export interface Family {
  readonly name: string;
  readonly spam: boolean;
  readonly split: Split;
  /** One sentence is taken of each; `{gap}` is filled from {@link GAPS}. */
  readonly parts: readonly (readonly string[])[];
}

export const GAPS: Readonly<Record<string, readonly string[]>> = {
  name: ['Mira', 'Jonas', 'Aiko', 'Tomas', 'Leila', 'Pavel', 'Nora', 'Samir', 'Ines', 'Oskar'],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  hour: ['nine', 'ten', 'half past two', 'four', 'six', 'noon'],
  sum: ['20', '45', '90', '250', '1,200', '5,000', '48,000'],
  thing: ['laptop', 'phone', 'watch', 'coffee machine', 'headphones', 'camera', 'bicycle'],
  place: ['library', 'station', 'office', 'school', 'harbour', 'workshop', 'café'],
  topic: ['budget', 'garden', 'report', 'summer party', 'new website', 'choir', 'repair'],
  number: ['4471', '8820', '1093', '2716', '5508', '6642'],
};

const spam = (name: string, split: Split, ...parts: readonly string[][]): Family => ({
  name,
  spam: true,
  split,
  parts,
});
const wanted = (name: string, split: Split, ...parts: readonly string[][]): Family => ({
  name,
  spam: false,
  split,
  parts,
});

export const FAMILIES: readonly Family[] = [
  spam(
    'prize',
    'train',
    ['Congratulations, you have won!', 'You are our lucky winner!', 'Dear winner, your number {number} was drawn!'],
    ['A brand new {thing} is waiting for you.', 'Claim your free {thing} now.', 'Your prize of {sum} euros is ready.'],
    ['Click the link to claim it today.', 'Reply now, this offer ends on {day}.', 'Click here before it is gone!'],
  ),
  spam(
    'account',
    'train',
    ['Dear customer, your account has been limited.', 'Security alert: we noticed a problem with your account.'],
    ['Confirm your password within a day.', 'Please verify your details at the link below.'],
    ['Otherwise your account will be closed.', 'Click here to verify your account now.'],
  ),
  spam(
    'loan',
    'train',
    ['Do you need money fast?', 'Get a loan of {sum} euros today!', 'Cash for everyone, no questions asked.'],
    ['No credit check, guaranteed.', 'Approved in minutes, 100% guaranteed!'],
    ['Apply now, it is free.', 'Click to get your money.'],
  ),
  spam(
    'invest',
    'train',
    [
      'Make {sum} euros a week from home.',
      'This secret method makes you rich!',
      'Your friends earn money while they sleep.',
    ],
    ['Guaranteed profit, no risk.', 'Our traders double your money, guaranteed.'],
    ['Only a few places left, act now!', 'Join today, the first week is free.'],
  ),
  spam(
    'shop',
    'train',
    [
      'Luxury {thing}, 80% off!',
      'Best prices on every {thing}, only today!',
      'Cheap {thing}, better than the real one!',
    ],
    ['Free shipping on all orders.', 'Order now and get a second one free.'],
    ['Limited offer, click here.', 'Buy now, limited stock!'],
  ),
  spam(
    'pills',
    'train',
    ['Lose ten kilos in ten days!', 'Doctors hate this miracle tea.', 'Sleep like a baby with our miracle drops.'],
    ['100% natural, results guaranteed.', 'Thousands of happy customers can not be wrong.'],
    ['Order your free sample today.', 'Click for your free trial.'],
  ),
  spam(
    'fortune',
    'train',
    ['Dear friend, I am a lawyer with good news.', 'Dear friend, I write to you in confidence.'],
    ['A late client left {sum} thousand euros without an heir.', 'A sum of {sum} thousand euros is waiting in a bank.'],
    ['Send me your bank details and we share the money.', 'Reply urgently with your full name and bank account.'],
  ),
  spam(
    'ranking',
    'validation',
    ['We looked at your website and found problems.', 'Your website could be number one!'],
    ['Our experts bring you guaranteed visitors.', 'We offer first place in every search, guaranteed.'],
    ['Reply now for a free offer.', 'Get your free report today.'],
  ),
  spam(
    'parcel fee',
    'validation',
    ['Your parcel {number} could not be delivered.', 'Dear customer, parcel {number} is waiting at our {place}.'],
    ['A fee of 2 euros is open.', 'Please confirm your address and pay the fee.'],
    ['Click the link within a day.', 'Otherwise your parcel will be returned.'],
  ),
  spam(
    'survey',
    'validation',
    ['Your opinion counts!', 'Dear customer, you have been selected.'],
    ['Answer three questions and get a gift card of {sum} euros.', 'Win a {thing} with our short survey.'],
    ['Click here now.', 'It takes one minute and it is free!'],
  ),
  spam(
    'licence',
    'test',
    ['Your virus protection has expired!', 'Warning: your {thing} is at risk!'],
    ['Renew now and save 70%.', 'Three threats were found on your {thing}.'],
    ['Click here to stay safe.', 'Renew today, limited offer.'],
  ),
  spam(
    'lottery tax',
    'test',
    ['Final notice: your winnings of {sum} euros.', 'We tried to reach you about your winnings.'],
    ['A small tax must be paid before the money can be sent.', 'Send us your bank details to receive it.'],
    ['Reply within two days.', 'Act now or lose your claim.'],
  ),
  spam(
    'boss',
    'test',
    ['Hi, are you at the {place}?', 'Hello, it is {name}, I am in a meeting.'],
    ['I need a favour, please buy {sum} euros of gift cards.', 'Can you get some gift cards for a client?'],
    ['Send me the codes, I pay you back on {day}.', 'Keep it between us, it is urgent.'],
  ),
  wanted(
    'meeting',
    'train',
    ['Hi {name}, can we move our meeting to {day}?', 'Shall we meet on {day} at {hour} about the {topic}?'],
    [
      'I have the draft of the {topic} with me.',
      'The room at the {place} is free at {hour}.',
      'Please bring your notes.',
    ],
    ['Thanks, {name}', 'See you then!'],
  ),
  wanted(
    'lunch',
    'train',
    ['Are you free for lunch on {day}?', 'Lunch at the {place} on {day}?'],
    ['The soup there is good.', '{name} comes too.', 'I have something to tell you about the {topic}.'],
    ['Best, {name}', 'Let me know!'],
  ),
  wanted(
    'order',
    'train',
    ['Thank you for your order {number}.', 'Your order {number} is on its way.'],
    ['We have sent the {thing} today; the invoice is attached.', 'Your {thing} will arrive on {day}.'],
    ['You can follow the parcel with the number {number}.', 'If anything is wrong, reply to this mail.'],
  ),
  wanted(
    'school',
    'train',
    ['Dear parents, on {day} the class visits the {place}.', 'Dear parents, the {topic} is on {day}.'],
    ['Please give your child something to eat.', 'The trip costs {sum} euros, please pay by {day}.'],
    ['Kind regards, {name}', 'Many thanks to all who help.'],
  ),
  wanted(
    'review',
    'train',
    ['I had a look at your change to the {topic}.', 'The build of the {topic} fails since {day}.'],
    ['One test is missing, the rest looks good.', 'Could you check the log when you have time?'],
    ['No hurry.', 'Thanks, {name}'],
  ),
  wanted(
    'appointment',
    'train',
    ['This is a reminder of your appointment on {day} at {hour}.', 'Your appointment at the {place} is on {day}.'],
    ['Please call us if you can not come.', 'Please bring your card and the last letter.'],
    ['Your practice team', 'We look forward to seeing you.'],
  ),
  wanted(
    'family',
    'train',
    ['Grandma asks if you come on {day}.', 'We are back from the {place} and all is well.'],
    ['She bakes the cake that you like.', 'I send you the photos of the {topic} today.'],
    ['Love, {name}', 'Call me when you are home!'],
  ),
  wanted(
    'club',
    'train',
    ['Practice is at {hour} on {day}, as always.', 'No practice on {day}: the {place} is closed.'],
    ['Who can bring the keys?', '{name} needs help with the {topic}.', 'Please tell me if you can not come.'],
    ['See you there', 'Thanks to everyone'],
  ),
  wanted(
    'statement',
    'train',
    ['Your statement for account {number} is ready.', 'A payment of {sum} euros has reached your account.'],
    ['You will find it in your mailbox at the bank.', 'We never ask for your password by mail.'],
    ['Kind regards, your bank', 'This mail was sent by a machine.'],
  ),
  wanted(
    'newsletter',
    'validation',
    ['News from the {place}: the {topic} starts on {day}.', 'This month at the {place}'],
    ['Entry is free for members.', 'Members get 10% off the {thing} course.', 'Order your tickets today.'],
    ['You get this letter because you are a member.', 'To stop these letters, click here.'],
  ),
  wanted(
    'landlord',
    'validation',
    ['Dear {name}, the heating will be checked on {day}.', 'The water is turned off on {day} until {hour}.'],
    ['Someone should be at home at {hour}.', 'Please confirm by {day}.'],
    ['Kind regards, your landlord', 'Call me if that does not suit you.'],
  ),
  wanted(
    'trip',
    'validation',
    ['The tickets for {day} are booked, seat {number}.', 'Our train leaves at {hour} on {day}.'],
    ['They cost {sum} euros, you can pay me back later.', 'We meet at the {place}.'],
    ['{name}', 'I am looking forward to it!'],
  ),
  wanted(
    'support',
    'test',
    ['Thank you for writing to us about your {thing}.', 'Hello {name}, your question {number} has been answered.'],
    ['Please restart it and try again.', 'We send you a new one free of charge.'],
    ['Did this help? Reply to this mail.', 'Your support team'],
  ),
  wanted(
    'invoice',
    'test',
    ['Attached is invoice {number} for the {topic}.', 'The invoice {number} of {sum} euros is still open.'],
    ['Please pay within two weeks.', 'Our bank details are on the invoice.'],
    ['Many thanks for your order.', 'Kind regards, {name}'],
  ),
  wanted(
    'party',
    'test',
    ['I turn forty on {day}, and you are invited!', 'Save the date: {day}, {hour}, at the {place}.'],
    ['No gifts please, bring a salad.', '{name} plays music, and there is a prize for the best hat.'],
    ['Reply by {day} so that I can order enough.', 'I am so happy that you come!'],
  ),
];
