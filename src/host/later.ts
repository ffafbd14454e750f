// What the host loads when it is first used: a bundle of its own (dist/later.cjs), so that VS Code reads none of it
// when the extension starts. Imported by `import()` alone.

export { Course } from '../lessons/course.ts';
export { AskPanel } from './askPanel.ts';
export { EmbeddingsPanel } from './embeddingsPanel.ts';
export { exerciseCommands, resume } from './exerciseCommands.ts';
export { ExerciseSteps } from './exerciseSteps.ts';
export { ExercisesFeature } from './exercisesFeature.ts';
export { LessonPanel } from './lessonPanel.ts';
export { ModelWorker } from './modelWorker.ts';
export { spawnWorker } from './platform.ts';
export { createSearch } from './searchFeature.ts';
export { TensorPanel } from './tensorPanel.ts';
export { ThemeColors } from './themeColors.ts';
export { createTokens } from './tokensFeature.ts';
export { TrainingPanel } from './trainingPanel.ts';
