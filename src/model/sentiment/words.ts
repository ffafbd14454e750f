// The words that reviews are made of: what is talked about, and what is said of it. All made up for this course.

export interface Topic {
  readonly name: string;
  /** What a clause is about; singular, so that "was" fits. */
  readonly things: readonly string[];
  readonly good: readonly string[];
  readonly bad: readonly string[];
}

/** Said of anything. */
export const ANYWHERE = {
  good: ['good', 'great', 'lovely', 'excellent', 'wonderful', 'perfect', 'fine', 'nice', 'splendid', 'delightful'],
  bad: ['bad', 'awful', 'terrible', 'horrible', 'poor', 'dreadful', 'useless', 'disappointing', 'nasty', 'dire'],
} as const;

/** What the model is trained on. */
export const HOME_TOPICS: readonly Topic[] = [
  {
    name: 'drinks',
    things: ['coffee', 'tea', 'cocoa', 'lemonade', 'cappuccino', 'milk foam', 'juice', 'espresso', 'mug', 'bar'],
    good: ['tasty', 'fresh', 'rich', 'warm', 'smooth', 'fruity'],
    bad: ['bitter', 'stale', 'watery', 'sour', 'lukewarm', 'burnt'],
  },
  {
    name: 'trains',
    things: ['train', 'seat', 'station', 'carriage', 'conductor', 'timetable', 'platform', 'ride', 'ticket office'],
    good: ['punctual', 'comfortable', 'quiet', 'spotless', 'friendly', 'roomy'],
    bad: ['late', 'crowded', 'filthy', 'noisy', 'rude', 'cramped'],
  },
  {
    name: 'software',
    things: ['app', 'editor', 'update', 'search box', 'manual', 'installer', 'support team', 'menu', 'new version'],
    good: ['fast', 'stable', 'helpful', 'clear', 'reliable', 'handy'],
    bad: ['slow', 'buggy', 'confusing', 'bloated', 'broken', 'clumsy'],
  },
  {
    name: 'weather',
    things: ['weather', 'morning', 'beach', 'sky', 'afternoon', 'breeze', 'weekend', 'lake', 'evening'],
    good: ['sunny', 'mild', 'bright', 'calm', 'pleasant', 'golden'],
    bad: ['grey', 'stormy', 'freezing', 'muggy', 'gloomy', 'damp'],
  },
];

/** What it is not: for seeing how it fares away from home. */
export const AWAY_TOPICS: readonly Topic[] = [
  {
    name: 'theatre',
    things: ['play', 'lead actor', 'plot', 'stage set', 'dialogue', 'second act', 'costume', 'orchestra'],
    good: ['gripping', 'moving', 'witty', 'brilliant', 'inspired', 'unforgettable'],
    bad: ['wooden', 'tedious', 'predictable', 'shallow', 'overlong', 'forgettable'],
  },
  {
    name: 'furniture',
    things: ['sofa', 'wardrobe', 'drawer', 'bookshelf', 'varnish', 'hinge', 'cushion', 'armrest'],
    good: ['sturdy', 'elegant', 'cosy', 'durable', 'well made', 'solid'],
    bad: ['wobbly', 'flimsy', 'scratched', 'crooked', 'ugly', 'squeaky'],
  },
];

export const VERY = ['', '', '', 'very ', 'really ', 'quite ', 'so '] as const;
export const VERBS = {
  good: ['loved', 'liked', 'enjoyed', 'adored', 'can recommend'],
  bad: ['hated', 'disliked', 'regret', 'loathed', 'complained about'],
} as const;
export const VERDICTS = {
  good: ['I would come again', 'we will be back', 'five stars', 'worth every penny', 'thank you'],
  bad: ['never again', 'we want our money back', 'one star', 'a waste of money', 'stay away'],
} as const;
