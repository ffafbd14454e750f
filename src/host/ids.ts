// The names by which VS Code knows what we contribute; the same stand in package.json. Imports nothing, so that
// activation can use them for free.

export const LESSONS_VIEW = 'insideLlms.lessons';
export const LESSON_PANEL = 'insideLlms.lesson';
export const STEPS_PANEL = 'insideLlms.steps';
export const TENSOR_PANEL = 'insideLlms.tensor';
export const TOKENS_PANEL = 'insideLlms.tokens';
export const TRAINING_PANEL = 'insideLlms.training';
export const SEARCH_VIEW = 'insideLlms.search';
export const HEALTH_PANEL = 'insideLlms.health';
export const EMBEDDINGS_PANEL = 'insideLlms.embeddings';
export const ASK_PANEL = 'insideLlms.ask';

/** The tool for language models, and what provides MCP servers. */
export const SEARCH_TOOL = 'insideLlms_search';
export const MCP_PROVIDER = 'insideLlms.mcp';
/** Virtual documents: reports of how well search does. */
export const REPORT_SCHEME = 'inside-llms-report';

/** Set in a workspace's state once search was used in it: it is indexed from then on. Read at the start. */
export const SEARCH_USED_KEY = 'search.used';
export const SEARCH_SETTING = 'insideLlms.search.enabled';

/** Where the choice of tokenizers is kept in a workspace's state, and the setting for hovers: read at the start. */
export const TOKENS_CHOICE_KEY = 'tokens.choice';
export const TOKENS_HOVER_SETTING = 'insideLlms.tokens.hover';

/** Where the course folder's place is kept on this machine: read at the start. */
export const COURSE_FOLDER_KEY = 'insideLlms.course.folder';
/** Virtual documents: solutions, and the course's own versions of files. */
export const COURSE_SCHEME = 'inside-llms-course';
/** Of lessons beside the learner's path, which are greyed out. */
export const OFF_PATH_SCHEME = 'inside-llms-off-path';
export const CHECK_ON_SAVE_SETTING = 'insideLlms.exercises.checkOnSave';

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
  searchWorkspace: 'insideLlms.searchWorkspace',
  quickSearch: 'insideLlms.quickSearch',
  findSimilar: 'insideLlms.findSimilar',
  showIndexHealth: 'insideLlms.showIndexHealth',
  pauseIndexing: 'insideLlms.pauseIndexing',
  resumeIndexing: 'insideLlms.resumeIndexing',
  rebuildIndex: 'insideLlms.rebuildIndex',
  searchSettings: 'insideLlms.searchSettings',
  setPostgresConnection: 'insideLlms.setPostgresConnection',
  setEndpointKey: 'insideLlms.setEndpointKey',
  getModel: 'insideLlms.getModel',
  askWorkspace: 'insideLlms.askWorkspace',
  openEmbeddings: 'insideLlms.openEmbeddings',
  showIndexMap: 'insideLlms.showIndexMap',
  evaluateSearch: 'insideLlms.evaluateSearch',
  startCourse: 'insideLlms.startCourse',
  choosePath: 'insideLlms.choosePath',
  showWholeCourse: 'insideLlms.showWholeCourse',
  showPathOnly: 'insideLlms.showPathOnly',
  hideSolved: 'insideLlms.hideSolved',
  showSolved: 'insideLlms.showSolved',
  exportProgress: 'insideLlms.exportProgress',
  openExercise: 'insideLlms.exercise.open',
  nextExercise: 'insideLlms.exercise.next',
  checkExercise: 'insideLlms.exercise.check',
  checkLesson: 'insideLlms.exercise.checkLesson',
  exerciseHint: 'insideLlms.exercise.hint',
  exerciseStepThrough: 'insideLlms.exercise.stepThrough',
  exerciseCompare: 'insideLlms.exercise.compare',
  exerciseSolution: 'insideLlms.exercise.solution',
  resetExercise: 'insideLlms.exercise.reset',
  resetExercises: 'insideLlms.exercise.resetLesson',
  parkExercise: 'insideLlms.exercise.park',
  unparkExercise: 'insideLlms.exercise.unpark',
  resetProgress: 'insideLlms.resetProgress',
  resetLesson: 'insideLlms.resetLesson',
  refreshLessons: 'insideLlms.refreshLessons',
  restartWorker: 'insideLlms.restartWorker',
  showLog: 'insideLlms.showLog',
} as const;

/** Those about exercises: their code is loaded when the first of them runs. */
export const EXERCISE_COMMANDS: readonly string[] = [
  COMMANDS.startCourse,
  COMMANDS.choosePath,
  COMMANDS.showWholeCourse,
  COMMANDS.showPathOnly,
  COMMANDS.hideSolved,
  COMMANDS.showSolved,
  COMMANDS.exportProgress,
  COMMANDS.openExercise,
  COMMANDS.nextExercise,
  COMMANDS.checkExercise,
  COMMANDS.checkLesson,
  COMMANDS.exerciseHint,
  COMMANDS.exerciseStepThrough,
  COMMANDS.exerciseCompare,
  COMMANDS.exerciseSolution,
  COMMANDS.resetExercise,
  COMMANDS.resetExercises,
  COMMANDS.parkExercise,
  COMMANDS.unparkExercise,
];
