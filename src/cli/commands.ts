// The list of commands. Each command's code is loaded only when it is asked for.

import { ASK_THRESHOLD } from '../shared/askMessages.ts';
import { nearest } from '../shared/nearest.ts';
import { UsageError } from './exit.ts';

/** What a command is given beside its own arguments. */
export interface CliContext {
  /** Address of the program itself, from which it finds its data and starts its threads. */
  readonly entry: string;
  /** Writes a line to standard error. */
  readonly warn: (text: string) => void;
  /** Does `stop` at Ctrl+C, in place of ending the program; the next one ends it all the same. */
  readonly onInterrupt: (stop: () => void) => void;
}

interface CommandModule {
  /** @returns the exit code. @throws UsageError, Fault */
  run(argv: readonly string[], context: CliContext): Promise<number>;
}

interface CommandEntry {
  readonly summary: string;
  readonly help: string;
  readonly load: () => Promise<CommandModule>;
}

export const commands = {
  tokens: {
    summary: 'Cut a text into the tokens that a model sees',
    help: `Usage: node dist/cli.js tokens [--encoding NAME|FILE] [--special-tokens] [--json] [FILE|-]

Encodes the UTF-8 text of FILE, or of standard input where FILE is - or absent.
What looks like a special token is ordinary text, and a byte order mark is kept.

  --encoding NAME   the tokenizer; r50k_base (GPT-2) if absent. There are r50k_base, cl100k_base, o200k_base,
                    qwen2.5, bert-base-uncased and use-lite
  --encoding FILE   a tokenizer.json as Hugging Face's library writes it
  --special-tokens  make special tokens from text that looks like them
  --json            one line: {"encoding","ids":[...],"tokens":[{"id","text","bytes":[...],"start","end","piece"}]}
                    start and end are UTF-16 offsets; a token that is part of a character has "text": null
                    and the offsets of the whole character; "piece" is how the vocabulary writes the token,
                    and absent where texts are never changed
  -h, --help        this text
`,
    load: () => import('./tokens.ts'),
  },
  trace: {
    summary: 'Run a program of the lessons and show its steps',
    help: `Usage: node dist/cli.js trace PROGRAM [--params JSON] [--seed N] [--frames N] [--json]

Runs PROGRAM to its end and prints its steps. With an unknown PROGRAM it names those that there are.

  --params JSON  its parameters as one JSON object, such as '{"merges": 5}'; the rest have their defaults
  --seed N       of all that is random in it, a whole number from 0; 1 if absent
  --frames N     stop after about so many steps, from 1; to the end if absent
  --json         the trace on one line: {"schema","program","params","values":[...],"frames":[...],"buffer"}
                 buffer, where a value is a tensor: the numbers of all of them as base64, 4 bytes each, least
                 significant byte first; a tensor's "bytes" say where in it they stand. Of a large tensor there is
                 only a part, and "preview" says which
  -h, --help     this text
`,
    load: () => import('./trace.ts'),
  },
  train: {
    summary: 'Train a small GPT on a text',
    help: `Usage: node dist/cli.js train --data FILE [--tokenizer FILE] [--recipe NAME] [--steps N] [--seed N] [--out FILE]
                               [--json]

Trains a GPT on the characters of the UTF-8 text in FILE, or on its tokens, and evaluates it on the end of the
text, which it was not trained on. Losses are in nats a token. Ctrl+C stops it after the step at hand, and keeps
the model.

  --data FILE       the text; - is standard input
  --tokenizer FILE  a tokenizer.json, as "train-tokenizer" writes it, which cuts the text and is kept with the
                    model; each character is a token if absent
  --recipe NAME     model and training; shakespeare-cpu if absent: 4 layers, 2000 steps, made for a CPU
  --steps N         how many steps, from 1, in place of the recipe's; its learning rates are stretched to them
  --seed N          of the first parameters and the order of the text, a whole number from 0; 1 if absent
  --out FILE        where to keep the model, as safetensors with the names and the layout of GPT-2's files
  --json            one line a step: {"step","loss","tokensPerSecond"}; the last one has "valLoss" as well
  -h, --help        this text
`,
    load: () => import('./train.ts'),
  },
  'train-tokenizer': {
    summary: 'Learn a vocabulary from texts of yours',
    help: `Usage: node dist/cli.js train-tokenizer --kind bpe|wordpiece|unigram --vocab N --out FILE INPUT...

Learns a vocabulary from the UTF-8 texts in the INPUT files; a folder is not read. Writes a tokenizer.json that
Hugging Face's library reads, and "tokens --encoding FILE". The same files in the same order give the same one.
Ctrl+C stops it, and nothing is saved.

  --kind KIND        bpe is byte-level, as GPT's; wordpiece as BERT's, uncased; unigram as SentencePiece's
  --vocab N          entries wanted, special tokens and alphabet included
  --out FILE         where to keep the tokenizer; a file of that name is replaced at the end
  --min-frequency N  bpe, wordpiece: how often two pieces must stand side by side to become one; 2 if absent
  --special A,B      special tokens, which get the first ids; if absent none for bpe, BERT's five for wordpiece,
                     <unk> for unigram
  --pattern NAME     bpe: how texts are cut into words, gpt2, cl100k or o200k; gpt2 if absent
  --json             one line: {"kind","vocabulary","bytes","words"}, "tokens" where the training knows them, and
                     "early", a sentence, where there are fewer entries than wanted
  -h, --help         this text
`,
    load: () => import('./trainTokenizer.ts'),
  },
  embed: {
    summary: 'Turn texts into vectors',
    help: `Usage: node dist/cli.js embed [--model NAME] [--json] TEXT...

Prints the vector of each TEXT: numbers of length 1 together, so that the cosine of two is their inner product.

  --model NAME  static, which ships, is used if absent; minilm, or an embedding model's name on the hub, has to be on
                this machine: the extension fetches it
  --json        one line: {"model","dimensions","vectors":[[...],...]}, in the order of the texts
  -h, --help    this text
`,
    load: () => import('./embed.ts'),
  },
  index: {
    summary: 'Index a folder for search',
    help: `Usage: node dist/cli.js index DIR [--store FILE] [--json]

Makes the index of the files in DIR, or brings it up to date: only what has changed is read. What .gitignore and DIR's
.vscode/settings.json leave out is left out, and so are binaries, keys and what is not written by people. Nothing is
written into DIR. Ctrl+C stops it; the next run goes on from there. Exits 1 when there was nothing to index.

  --store FILE  where the index is kept, or postgres://...; a file in your cache folder, by DIR's real path, if absent
  --json        one line: {"state","store","files","chunks","textBytes","storeBytes","pending","leftOut":{REASON:COUNT},
                "errors":[{"path","why"}],"errorCount","model","vectors","read","milliseconds"}
  -h, --help    this text
`,
    load: () => import('./searchIndex.ts'),
  },
  search: {
    summary: 'Search in a folder by words and by meaning',
    help: `Usage: node dist/cli.js search DIR QUERY [--top N] [--store FILE] [--json]

Looks for QUERY in the files of DIR. Their index is made or brought up to date first, as "index" does it. QUERY may hold
"phrases" that a hit has word for word, and filters: path:src -path:test lang:ts kind:code

  --top N       how many hits at most, from 1 to 200; 10 if absent
  --store FILE  where the index is kept, as for "index"
  --json        one line: {"hits":[{"path","startLine","endLine","score","lexical","vector"}]}, best first: path is
                relative to DIR, lexical is BM25 and vector the cosine, or null where that part didn't find it
  -h, --help    this text
`,
    load: () => import('./search.ts'),
  },
  ask: {
    summary: 'Ask a question about the files of a folder',
    help: `Usage: node dist/cli.js ask DIR QUESTION [--generator endpoint|none] [--endpoint URL] [--model NAME] [--threshold X]
                             [--store FILE] [--json]

Finds passages for QUESTION in the files of DIR, whose index is brought up to date first as "index" does it, and lays
out the prompt. With a generator the prompt, passages and all, is sent to it, and the answer is printed as it comes.
When no passage reaches the threshold the answer is "Not in these files.", and nothing is sent.

  --generator NAME  endpoint sends to an endpoint that speaks OpenAI's protocol (Ollama, vLLM); none, if absent,
                    sends nothing
  --endpoint URL    its address, as --generator endpoint; http://localhost:11434/v1 if absent. Its key, if it needs
                    one, is read from the environment's INSIDE_LLMS_API_KEY
  --model NAME      the model there; the first that it offers if absent
  --threshold X     the cosine that a passage must have at least, from -1 to 1; ${ASK_THRESHOLD} if absent
  --store FILE      where the index is kept, as for "index"
  --json            one line: {"question","threshold","passages":[{"path","startLine","endLine","score"}],
                    "prompt":[{"role","content"}],"tokens","answer","citations":[{"number","path","startLine","endLine"}],
                    "found"}: answer is null where nothing was asked to answer; a citation of a passage that there
                    isn't has no path
  -h, --help        this text
`,
    load: () => import('./ask.ts'),
  },
  mcp: {
    summary: 'Offer search in a folder to other tools, over MCP',
    help: `Usage: node dist/cli.js mcp DIR [--store FILE]

Serves the Model Context Protocol on standard input and output, until that ends: the tools search_workspace and
read_passage, which only read, and only files of DIR that "search" finds too. The index is brought up to date meanwhile;
an answer says what is not in it yet. Several may serve one DIR. Logs go to standard error.

  --store FILE  where the index is kept, as for "index"
  -h, --help    this text
`,
    load: () => import('./mcp.ts'),
  },
  evaluate: {
    summary: 'Measure search on the files of a folder',
    help: `Usage: node dist/cli.js evaluate DIR [--labels FILE] [--queries N] [--json]

Asks questions whose answers are known, and counts where each kind of search puts them: grep, BM25, vectors, both
fused, and put in order anew by MiniLM where that is there. The questions are the first sentences of docstrings, which
are taken out of what is searched, and subjects of commits; or those of FILE. Makes no index and uses none.

  --labels FILE  a line a question, as JSON: {"query","path","startLine","endLine","grade"}; all but the first two may
                 be absent
  --queries N    most questions of each kind, from 1
  --json         one line: the whole report
  -h, --help     this text
`,
    load: () => import('./evaluate.ts'),
  },
  course: {
    summary: 'Check your answers to the exercises ("course check")',
    help: `Usage: node dist/cli.js course check DIR [--exercise ID] [--json]

Checks the exercises in the course folder DIR as the editor does, and tells the same: one line an exercise, and of one
that fails the smallest input on which it shows. Exits 1 when an exercise that you have begun fails.

  --exercise ID  only this one; exits 1 too when it isn't written yet
  --json         one line: {"exercises":[{"exercise","lesson","path","state","diagnosis","standIns","milliseconds"}],
                 "passed","failed"}; state is passed, failed, untouched or away, diagnosis and milliseconds are absent
                 where nothing was found and nothing was run
  -h, --help     this text

Your code runs in a process of its own. README says under "Your code" what that keeps it from, and what not.
`,
    load: () => import('./course.ts'),
  },
  lessons: {
    summary: 'Check the lessons ("lessons check")',
    help: `Usage: node dist/cli.js lessons check [--lesson ID] [--json] [FOLDER]

Compiles each lesson of FOLDER (the course's own if absent), runs each of its live blocks, and proves each of its
exercises: the starter fails with a sentence, the solution passes, and each mutant (a typical wrong answer) gets its own
diagnosis. Prints one line a fault as FILE:LINE: REASON, and exits 1 if there is one.

  --lesson ID  only this lesson, by its id or its number
  --json       one line: {"lessons":[{"id","number","title","exercises":[...]}],"mutants",
               "faults":[{"file","line","reason"}]}
  -h, --help   this text
`,
    load: () => import('./lessons.ts'),
  },
} as const satisfies Readonly<Record<string, CommandEntry>>;

export type CommandName = keyof typeof commands;

/** @throws UsageError naming the nearest command. */
export function findCommand(name: string): CommandName {
  if (Object.hasOwn(commands, name)) {
    return name as CommandName;
  }
  const meant = nearest(name, Object.keys(commands));
  const what = name.startsWith('-') ? 'option' : 'command';
  const hint = meant === undefined ? `There are: ${Object.keys(commands).join(', ')}.` : `Did you mean ${meant}?`;
  throw new UsageError(`There is no ${what} "${name}". ${hint}`);
}

export function overview(): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(15)} ${summary}`);
  return `Inside LLMs without the editor.

Usage: node dist/cli.js COMMAND [OPTIONS]

${lines.join('\n')}

  -h, --help  this text, or a command's own after its name
  --version   the version

With --json standard output holds one line of JSON and nothing else.
Exit codes: 0 done, 1 a fault in the data, 2 usage, 3 something missing, 130 cancelled.
`;
}
