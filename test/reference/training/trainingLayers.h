// The layers of a small GPT in plain C, each a pair of loops, forward and backward, over flat arrays in row-major order.
// Products take four rows at a time; nothing else is blocked or packed by hand, the compiler does what it can.

#include <math.h>
#include <string.h>

typedef struct {
  int vocabulary, T, layers, heads, C, B;
} Config;

static const float EPSILON = 1e-5f, RATE = 1e-3f, BETA1 = 0.9f, BETA2 = 0.99f, ADAM_EPSILON = 1e-8f, DECAY = 0.1f;

// y (N, out) = x (N, in) w^T. N is a multiple of four: each weight that is loaded serves four rows.
static void linear(float *restrict y, const float *restrict x, const float *restrict w, int N, int in, int out) {
  for (int n = 0; n < N; n += 4) {
    const float *x0 = x + n * in, *x1 = x0 + in, *x2 = x1 + in, *x3 = x2 + in;
    for (int o = 0; o < out; o++) {
      const float *row = w + o * in;
      float sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
      for (int i = 0; i < in; i++) {
        sum0 += x0[i] * row[i];
        sum1 += x1[i] * row[i];
        sum2 += x2[i] * row[i];
        sum3 += x3[i] * row[i];
      }
      float *to = y + n * out + o;
      to[0] = sum0, to[out] = sum1, to[2 * out] = sum2, to[3 * out] = sum3;
    }
  }
}

// to (in) += the sum of four rows of `from`, (4, in), each times its factor.
static void addFour(float *restrict to, const float *restrict from, float f0, float f1, float f2, float f3, int in) {
  for (int i = 0; i < in; i++) {
    to[i] += f0 * from[i] + f1 * from[in + i] + f2 * from[2 * in + i] + f3 * from[3 * in + i];
  }
}

// dx (N, in) = dy w, and dw (out, in) += dy^T x
static void linearBackward(float *restrict dx, float *restrict dw, const float *restrict dy, const float *restrict x,
                           const float *restrict w, int N, int in, int out) {
  memset(dx, 0, (long)N * in * sizeof(float));
  for (int n = 0; n < N; n++) {
    const float *d = dy + n * out;
    int o = 0;
    for (; o + 4 <= out; o += 4) addFour(dx + n * in, w + o * in, d[o], d[o + 1], d[o + 2], d[o + 3], in);
    for (; o < out; o++) {
      for (int i = 0; i < in; i++) dx[n * in + i] += d[o] * w[o * in + i];
    }
  }
  for (int o = 0; o < out; o++) {
    for (int n = 0; n < N; n += 4) {
      const float *d = dy + n * out + o;
      addFour(dw + o * in, x + n * in, d[0], d[out], d[2 * out], d[3 * out], in);
    }
  }
}

// Each row less its mean, divided by its deviation; `y` is scaled by w, `deviation` keeps 1 / deviation.
static void norm(float *y, float *deviation, const float *x, const float *w, int N, int C) {
  for (int n = 0; n < N; n++, x += C, y += C) {
    float mean = 0, variance = 0;
    for (int i = 0; i < C; i++) mean += x[i];
    mean /= C;
    for (int i = 0; i < C; i++) variance += (x[i] - mean) * (x[i] - mean);
    float r = deviation[n] = 1 / sqrtf(variance / C + EPSILON);
    for (int i = 0; i < C; i++) y[i] = (x[i] - mean) * r * w[i];
  }
}

// Adds to dx and dw.
static void normBackward(float *dx, float *dw, const float *dy, const float *x, const float *deviation, const float *w,
                         int N, int C) {
  for (int n = 0; n < N; n++, x += C, dy += C, dx += C) {
    float mean = 0, sum = 0, sumX = 0, r = deviation[n];
    for (int i = 0; i < C; i++) mean += x[i];
    mean /= C;
    for (int i = 0; i < C; i++) {
      float g = dy[i] * w[i], normed = (x[i] - mean) * r;
      dw[i] += dy[i] * normed;
      sum += g;
      sumX += g * normed;
    }
    for (int i = 0; i < C; i++) dx[i] += r * (dy[i] * w[i] - sum / C - (x[i] - mean) * r * sumX / C);
  }
}

// Causal attention of all heads: weights (B, heads, T, T) and their mix of the values, (B * T, C).
static void attention(float *restrict mixed, float *restrict weights, const float *restrict qkv, Config c) {
  int C = c.C, D = C / c.heads;
  float scale = 1 / sqrtf(D);
  for (int row = 0; row < c.B * c.heads * c.T; row++) {
    int t = row % c.T, h = row / c.T % c.heads, first = row / c.T / c.heads * c.T; // `first` position of this text
    const float *q = qkv + (first + t) * 3 * C + h * D;
    float *w = weights + (long)row * c.T, *out = mixed + (first + t) * C + h * D, largest = -1e30f, sum = 0;
    for (int s = 0; s <= t; s++) {
      const float *k = qkv + (first + s) * 3 * C + C + h * D;
      float score = 0;
      for (int i = 0; i < D; i++) score += q[i] * k[i];
      w[s] = score * scale;
      if (w[s] > largest) largest = w[s];
    }
    for (int s = 0; s <= t; s++) sum += w[s] = expf(w[s] - largest);
    memset(out, 0, D * sizeof(float));
    for (int s = 0; s <= t; s++) {
      const float *v = qkv + (first + s) * 3 * C + 2 * C + h * D;
      w[s] /= sum;
      for (int i = 0; i < D; i++) out[i] += w[s] * v[i];
    }
  }
}

// Adds to dqkv. `dw` is room for T numbers.
static void attentionBackward(float *restrict dqkv, float *restrict dw, const float *restrict dmixed,
                              const float *restrict weights, const float *restrict qkv, Config c) {
  int C = c.C, D = C / c.heads;
  float scale = 1 / sqrtf(D);
  for (int row = 0; row < c.B * c.heads * c.T; row++) {
    int t = row % c.T, h = row / c.T % c.heads, first = row / c.T / c.heads * c.T;
    const float *w = weights + (long)row * c.T, *dout = dmixed + (first + t) * C + h * D;
    const float *q = qkv + (first + t) * 3 * C + h * D;
    float *dq = dqkv + (first + t) * 3 * C + h * D, mean = 0;
    for (int s = 0; s <= t; s++) {
      const float *v = qkv + (first + s) * 3 * C + 2 * C + h * D;
      float *dv = dqkv + (first + s) * 3 * C + 2 * C + h * D;
      dw[s] = 0;
      for (int i = 0; i < D; i++) dw[s] += dout[i] * v[i];
      for (int i = 0; i < D; i++) dv[i] += dout[i] * w[s];
      mean += dw[s] * w[s];
    }
    for (int s = 0; s <= t; s++) {
      const float *k = qkv + (first + s) * 3 * C + C + h * D;
      float *dk = dqkv + (first + s) * 3 * C + C + h * D;
      float dscore = w[s] * (dw[s] - mean) * scale;
      for (int i = 0; i < D; i++) dq[i] += dscore * k[i];
      for (int i = 0; i < D; i++) dk[i] += dscore * q[i];
    }
  }
}

static float bend(float x) { return tanhf(0.79788456f * (x + 0.044715f * x * x * x)); }

static void gelu(float *y, const float *x, long count) {
  for (long i = 0; i < count; i++) y[i] = x[i] * 0.5f * (1 + bend(x[i]));
}

// In place: `d` comes in as the gradient at gelu's result and leaves as that at x.
static void geluBackward(float *d, const float *x, long count) {
  for (long i = 0; i < count; i++) {
    float t = bend(x[i]), slope = 0.79788456f * (1 + 0.134145f * x[i] * x[i]);
    d[i] *= 0.5f * (1 + t) + 0.5f * x[i] * (1 - t * t) * slope;
  }
}

// y = a + b
static void add(float *y, const float *a, const float *b, long count) {
  for (long i = 0; i < count; i++) y[i] = a[i] + b[i];
}

// The mean of -ln of each target's probability; logits (N, V) become the gradient at the logits.
static float crossEntropy(float *logits, const int *targets, int N, int V) {
  float loss = 0;
  for (int n = 0; n < N; n++, logits += V) {
    float largest = -1e30f, sum = 0, target = logits[targets[n]];
    for (int v = 0; v < V; v++) largest = logits[v] > largest ? logits[v] : largest;
    for (int v = 0; v < V; v++) sum += logits[v] = expf(logits[v] - largest);
    for (int v = 0; v < V; v++) logits[v] /= sum * N;
    logits[targets[n]] -= 1.0f / N;
    loss += largest + logf(sum) - target;
  }
  return loss / N;
}

static void adamW(float *p, const float *g, float *m, float *v, long count, float decay, int step) {
  float correction1 = 1 - powf(BETA1, step), correction2 = 1 - powf(BETA2, step);
  for (long i = 0; i < count; i++) {
    m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
    v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
    p[i] -= RATE * (decay * p[i] + m[i] / correction1 / (sqrtf(v[i] / correction2) + ADAM_EPSILON));
  }
}
