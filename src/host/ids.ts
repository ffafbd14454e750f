// The names by which VS Code knows what we contribute; the same stand in package.json. Imports nothing, so that
// activation can use them for free.

export const LESSONS_VIEW = 'insideLlms.lessons';
export const LESSON_PANEL = 'insideLlms.lesson';
export const TENSOR_PANEL = 'insideLlms.tensor';
export const TOKENS_PANEL = 'insideLlms.tokens';

export const COMMANDS = {
  continue: 'insideLlms.continue',
  openLesson: 'insideLlms.openLesson',
  stepThrough: 'insideLlms.stepThrough',
  inspectTokenization: 'insideLlms.inspectTokenization',
  resetProgress: 'insideLlms.resetProgress',
  resetLesson: 'insideLlms.resetLesson',
  refreshLessons: 'insideLlms.refreshLessons',
  restartWorker: 'insideLlms.restartWorker',
  showLog: 'insideLlms.showLog',
} as const;
