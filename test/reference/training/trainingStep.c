// The training step of a small GPT in plain C, for one thread. What it is made of stands in trainingLayers.h; here are
// the network, its two passes, and the clock. plainC.ts compiles and drives it:
//
//     trainingStep TASK
//
// TASK is a file of 32-bit words: vocabulary, T, layers, heads, C, B; the parameters as floats, in the order of
// `layOut`; the ids (B, T) and the targets (B, T), B * T a multiple of four. For each byte that it reads it takes a step
// on this one batch, and prints a line: the loss before the step's change, and the milliseconds that the step took.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "trainingLayers.h"

// Of one layer of the network. Weights are (out, in): a row makes one output.
typedef struct {
  float *norm1, *norm2, *qkv, *projection, *up, *down; // (C) (C) (3C, C) (C, C) (4C, C) (C, 4C)
} Layer;

// Parameters, or their gradients, or their moments: the same places in one flat array. The norms' weights come first:
// they don't decay.
typedef struct {
  float *flat;
  float *norm, *tokens, *positions; // (C) (V, C) (T, C); the table of tokens makes the logits, too
  Layer *layer;
  long norms, count;
} Weights;

// What one layer's forward pass leaves for its backward pass; N = B * T rows.
typedef struct {
  float *in, *normed1, *deviation1;     // (N, C) (N, C) (N)
  float *qkv, *weights, *mixed;         // (N, 3C) (B, heads, T, T) (N, C)
  float *middle, *normed2, *deviation2; // (N, C) (N, C) (N)
  float *up, *active;                   // (N, 4C) (N, 4C)
} Kept;

static void *zeros(long count) { return calloc(count, sizeof(float)); }

static float *take(float **from, long count) {
  float *taken = *from;
  *from += count;
  return taken;
}

static Weights layOut(Config c) {
  long C = c.C;
  Weights w = {.norms = (2 * c.layers + 1) * C};
  w.count = w.norms + (c.vocabulary + c.T) * C + c.layers * 12 * C * C;
  float *next = w.flat = zeros(w.count);
  w.layer = calloc(c.layers, sizeof(Layer));
  for (int l = 0; l < c.layers; l++) {
    w.layer[l].norm1 = take(&next, C);
    w.layer[l].norm2 = take(&next, C);
  }
  w.norm = take(&next, C);
  w.tokens = take(&next, c.vocabulary * C);
  w.positions = take(&next, c.T * C);
  for (int l = 0; l < c.layers; l++) {
    w.layer[l].qkv = take(&next, 3 * C * C);
    w.layer[l].projection = take(&next, C * C);
    w.layer[l].up = take(&next, 4 * C * C);
    w.layer[l].down = take(&next, 4 * C * C);
  }
  return w;
}

static Kept *room(Config c) {
  Kept *kept = calloc(c.layers + 1, sizeof(Kept)); // the last one holds the final norm's
  for (long l = 0, N = c.B * c.T, C = c.C; l <= c.layers; l++) {
    kept[l] = (Kept){.in = zeros(N * C), .normed1 = zeros(N * C), .deviation1 = zeros(N), .qkv = zeros(N * 3 * C),
                     .weights = zeros(N * c.heads * c.T), .mixed = zeros(N * C), .middle = zeros(N * C),
                     .normed2 = zeros(N * C), .deviation2 = zeros(N), .up = zeros(N * 4 * C), .active = zeros(N * 4 * C)};
  }
  return kept;
}

// Everything that one step works on.
typedef struct {
  Config c;
  Weights w, g;
  Kept *kept;
  float *logits, *branch, *dx, *dBranch, *dWide, *scratch; // (N, V) (N, C) (N, C) (N, C) (N, 4C) (T)
} Run;

// Returns the loss; the logits' place then holds their gradient.
static float forward(Run r, const int *ids, const int *targets) {
  int C = r.c.C, N = r.c.B * r.c.T;
  Kept *k = r.kept;
  for (int n = 0; n < N; n++) add(k->in + n * C, r.w.tokens + ids[n] * C, r.w.positions + n % r.c.T * C, C);
  for (Layer *p = r.w.layer; p < r.w.layer + r.c.layers; p++, k++) {
    norm(k->normed1, k->deviation1, k->in, p->norm1, N, C);
    linear(k->qkv, k->normed1, p->qkv, N, C, 3 * C);
    attention(k->mixed, k->weights, k->qkv, r.c);
    linear(r.branch, k->mixed, p->projection, N, C, C);
    add(k->middle, k->in, r.branch, (long)N * C);
    norm(k->normed2, k->deviation2, k->middle, p->norm2, N, C);
    linear(k->up, k->normed2, p->up, N, C, 4 * C);
    gelu(k->active, k->up, (long)N * 4 * C);
    linear(r.branch, k->active, p->down, N, 4 * C, C);
    add(k[1].in, k->middle, r.branch, (long)N * C);
  }
  norm(k->normed1, k->deviation1, k->in, r.w.norm, N, C);
  linear(r.logits, k->normed1, r.w.tokens, N, C, r.c.vocabulary);
  return crossEntropy(r.logits, targets, N, r.c.vocabulary);
}

static void backward(Run r, const int *ids) {
  int C = r.c.C, N = r.c.B * r.c.T;
  Kept *k = r.kept + r.c.layers;
  memset(r.g.flat, 0, r.g.count * sizeof(float));
  memset(r.dx, 0, (long)N * C * sizeof(float));
  linearBackward(r.dBranch, r.g.tokens, r.logits, k->normed1, r.w.tokens, N, C, r.c.vocabulary);
  normBackward(r.dx, r.g.norm, r.dBranch, k->in, k->deviation1, r.w.norm, N, C);
  for (int l = r.c.layers - 1; l >= 0; l--) {
    Layer *p = &r.w.layer[l], *d = &r.g.layer[l];
    k = &r.kept[l];
    linearBackward(r.dWide, d->down, r.dx, k->active, p->down, N, 4 * C, C);
    geluBackward(r.dWide, k->up, (long)N * 4 * C);
    linearBackward(r.dBranch, d->up, r.dWide, k->normed2, p->up, N, C, 4 * C);
    normBackward(r.dx, d->norm2, r.dBranch, k->middle, k->deviation2, p->norm2, N, C);
    linearBackward(r.dBranch, d->projection, r.dx, k->mixed, p->projection, N, C, C);
    memset(r.dWide, 0, (long)N * 3 * C * sizeof(float));
    attentionBackward(r.dWide, r.scratch, r.dBranch, k->weights, k->qkv, r.c);
    linearBackward(r.dBranch, d->qkv, r.dWide, k->normed1, p->qkv, N, C, 3 * C);
    normBackward(r.dx, d->norm1, r.dBranch, k->in, k->deviation1, p->norm1, N, C);
  }
  for (int n = 0; n < N; n++) {
    add(r.g.tokens + ids[n] * C, r.g.tokens + ids[n] * C, r.dx + n * C, C);
    add(r.g.positions + n % r.c.T * C, r.g.positions + n % r.c.T * C, r.dx + n * C, C);
  }
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  Config c;
  if (file == NULL || fread(&c, sizeof c, 1, file) != 1) return fprintf(stderr, "trainingStep TASK\n"), 2;
  long N = c.B * c.T, C = c.C;
  Run r = {c, layOut(c), layOut(c), room(c), zeros(N * c.vocabulary), zeros(N * C), zeros(N * C), zeros(N * C),
           zeros(N * 4 * C), zeros(c.T)};
  Weights w = r.w, m = layOut(c), v = layOut(c);
  int *ids = zeros(N), *targets = zeros(N);
  long words = fread(w.flat, 4, w.count, file) + fread(ids, 4, N, file) + fread(targets, 4, N, file);
  if (words != w.count + 2 * N) return fprintf(stderr, "%s is cut off.\n", argv[1]), 2;
  for (int step = 1; getchar() != EOF; step++) {
    double begun = now();
    float loss = forward(r, ids, targets);
    backward(r, ids);
    adamW(w.flat, r.g.flat, m.flat, v.flat, w.norms, 0, step);
    adamW(w.tokens, r.g.tokens, m.tokens, v.tokens, w.count - w.norms, DECAY, step);
    printf("%.7f %.4f\n", loss, now() - begun);
    fflush(stdout);
  }
  return 0;
}
