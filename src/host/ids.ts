// The names by which VS Code knows what we contribute; the same stand in package.json. Imports nothing, so that
// activation can use them for free.

export const LESSONS_VIEW = 'insideLlms.lessons';
export const LESSON_PANEL = 'insideLlms.lesson';
export const TENSOR_PANEL = 'insideLlms.tensor';
export const TOKENS_PANEL = 'insideLlms.tokens';
export const TRAINING_PANEL = 'insideLlms.training';

/** Where the choice of tokenizers is kept in a workspace's state, and the setting for hovers: read at the start. */
export const TOKENS_CHOICE_KEY = 'tokens.choice';
export const TOKENS_HOVER_SETTING = 'insideLlms.tokens.hover';

/** Begins the id of a tokenizer that was opened from a file. */
export const FILE_ID = 'file:';

export const COMMANDS = {
  continue: 'insideLlms.continue',
  openLesson: 'insideLlms.openLesson',
  stepThrough: 'insideLlms.stepThrough',
  inspectTokenization: 'insideLlms.inspectTokenization',
  chooseTokenizer: 'insideLlms.chooseTokenizer',
  showTokensInEditor: 'insideLlms.showTokensInEditor',
  trainTokenizer: 'insideLlms.trainTokenizer',
  resetProgress: 'insideLlms.resetProgress',
  resetLesson: 'insideLlms.resetLesson',
  refreshLessons: 'insideLlms.refreshLessons',
  restartWorker: 'insideLlms.restartWorker',
  showLog: 'insideLlms.showLog',
} as const;
