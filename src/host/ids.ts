// The names by which VS Code knows what we contribute; the same stand in package.json. Imports nothing, so that
// activation can use them for free.

export const LESSONS_VIEW = 'insideLlms.lessons';
export const LESSON_PANEL = 'insideLlms.lesson';
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
  resetProgress: 'insideLlms.resetProgress',
  resetLesson: 'insideLlms.resetLesson',
  refreshLessons: 'insideLlms.refreshLessons',
  restartWorker: 'insideLlms.restartWorker',
  showLog: 'insideLlms.showLog',
} as const;
