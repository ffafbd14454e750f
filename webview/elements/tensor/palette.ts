// The colours of a heatmap, made for the kind of theme: a sequential map that rises evenly in lightness, and a diverging
// one from blue over the colour of the page to orange, which differ to every kind of colour vision. Computed in OKLCH
// (Ottosson 2020, https://bottosson.github.io/posts/oklab/). These are data colours; the rest of the page is the theme's.

export type ThemeKind = 'dark' | 'light' | 'hc-dark' | 'hc-light';
export type MapKind = 'sequential' | 'diverging';

/** How many colours a map has; odd, so that zero has the middle one. */
export const COLORS = 257;

/** Red, green, blue, each 0 to 255. */
export type Rgb = readonly [number, number, number];

interface Lch {
  readonly l: number;
  readonly c: number;
  /** Degrees. */
  readonly h: number;
}

/** Linear light to sRGB's 0 to 1. */
function gamma(value: number): number {
  return value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
}

function linear({ l, c, h }: Lch): [number, number, number] {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
}

/** The sRGB colour; where the screen has no such colour, the nearest with less chroma. */
export function rgbOf(color: Lch): Rgb {
  let { c } = color;
  let found = linear(color);
  while (c > 0 && found.some((channel) => channel < -1e-4 || channel > 1.0001)) {
    c = Math.max(0, c - 0.002);
    found = linear({ ...color, c });
  }
  const [r, g, b] = found.map((channel) => Math.round(255 * gamma(Math.min(1, Math.max(0, channel)))));
  return [r as number, g as number, b as number];
}

/** Relative luminance as WCAG 2 defines it, 0 to 1. */
export function luminance([r, g, b]: Rgb): number {
  const part = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
}

const isDark = (theme: ThemeKind) => theme === 'dark' || theme === 'hc-dark';

/** Least first. On a dark page more is brighter, on a light one more is darker: more stands out more. */
function sequential(theme: ThemeKind): Rgb[] {
  const [from, to] = theme.startsWith('hc') ? [0.22, 0.96] : [0.27, 0.93];
  const colors = Array.from({ length: COLORS }, (_, i) => {
    const t = i / (COLORS - 1);
    // Violet by blue and green to yellow, most colourful in the middle, where the screen can show most.
    return rgbOf({ l: from + (to - from) * t, c: 0.1 + 0.06 * Math.sin(Math.PI * t), h: 300 - 195 * t });
  });
  return isDark(theme) ? colors : colors.reverse();
}

/** -1 is blue, 1 orange, and both are equally far from the page's colour. */
function diverging(theme: ThemeKind): Rgb[] {
  const dark = isDark(theme);
  const [middle, end] = dark ? [theme === 'hc-dark' ? 0.12 : 0.25, 0.84] : [0.975, theme === 'hc-light' ? 0.38 : 0.46];
  return Array.from({ length: COLORS }, (_, i) => {
    const t = (2 * i) / (COLORS - 1) - 1;
    const far = Math.abs(t);
    return rgbOf({ l: middle + (end - middle) * far, c: 0.17 * far ** 0.7, h: t < 0 ? 250 : 60 });
  });
}

const made = new Map<string, readonly Rgb[]>();

export function colorsOf(kind: MapKind, theme: ThemeKind): readonly Rgb[] {
  const key = `${kind} ${theme}`;
  const found = made.get(key) ?? (kind === 'sequential' ? sequential(theme) : diverging(theme));
  made.set(key, found);
  return found;
}

/** A colour as one pixel of a canvas's image data on a little-endian machine. */
export function pixelOf([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

/** What is legible on a colour: black or white, always 4.5 to 1 or more. */
export function inkOn(color: Rgb): '#000000' | '#ffffff' {
  return luminance(color) > 0.179 ? '#000000' : '#ffffff';
}

/** The two tones of the patterns for what is no number; neither is in a map. Calm ones for what is there on purpose. */
export function patternTones(theme: ThemeKind, calm = false): readonly [Rgb, Rgb] {
  if (calm) {
    return isDark(theme)
      ? [
          [128, 128, 128],
          [74, 74, 74],
        ]
      : [
          [150, 150, 150],
          [212, 212, 212],
        ];
  }
  return isDark(theme)
    ? [
        [255, 255, 255],
        [150, 30, 90],
      ]
    : [
        [20, 20, 20],
        [255, 150, 205],
      ];
}
