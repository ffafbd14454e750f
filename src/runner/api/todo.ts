// What a starter throws: told from every other error, since it is no mistake of the learner's.

export class Todo extends Error {
  override readonly name = 'NotWrittenYet';
}
