// Draws a map's points with WebGL 2: one call for all of them, each a square of pixels out of the same marks that the
// canvas painter uses, set on whole pixels so that both agree.

import { type DrawnPoints, type MapFrame, type MapPainter, pixelsOf } from './painter.ts';
import { SPRITES, type Sprites } from './sprites.ts';

const VERTEX = `#version 300 es
in vec2 from;
in vec2 to;
in float sprite;
uniform vec2 center;
uniform float scale;
uniform vec2 size;
uniform float moved;
uniform float side;
uniform int shown;
flat out float mark;
void main() {
  mark = sprite;
  int slot = int(sprite) / 2;
  vec2 at = (mix(from, to, moved) - center) * scale;
  vec2 pixel = floor(vec2(size.x * 0.5 + at.x, size.y * 0.5 - at.y)) + 0.5;
  vec2 place = vec2(pixel.x / size.x * 2.0 - 1.0, 1.0 - pixel.y / size.y * 2.0);
  bool drawn = ((shown >> slot) & 1) == 1 && at.x == at.x && at.y == at.y;
  gl_Position = drawn ? vec4(place, 0.0, 1.0) : vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = side;
}`;
const FRAGMENT = `#version 300 es
precision highp float;
flat in float mark;
uniform sampler2D marks;
uniform float side;
out vec4 color;
void main() {
  ivec2 at = ivec2(min(gl_PointCoord * side, side - 1.0));
  color = texelFetch(marks, ivec2(at.x, int(mark) * int(side) + at.y), 0);
}`;
const UNIFORMS = ['center', 'scale', 'size', 'moved', 'side', 'shown', 'marks'] as const;

export class WebglPainter implements MapPainter {
  readonly kind = 'webgl';
  private readonly canvas: HTMLCanvasElement;
  private readonly gl: WebGL2RenderingContext;
  private readonly program: WebGLProgram;
  private readonly uniforms: Readonly<Record<(typeof UNIFORMS)[number], WebGLUniformLocation | null>>;
  private readonly buffers = new Map<string, WebGLBuffer>();
  private count = 0;
  private sprites: Sprites | undefined;

  /**
   * @param onLost called when the graphics processor takes the picture back; this painter is then of no use.
   * @returns undefined where there is no WebGL 2.
   */
  static make(canvas: HTMLCanvasElement, onLost: () => void): WebglPainter | undefined {
    const gl = canvas.getContext('webgl2', { alpha: true, antialias: false, depth: false, premultipliedAlpha: true });
    const program = gl === null ? undefined : link(gl);
    if (gl === null || program === undefined) {
      return undefined;
    }
    canvas.addEventListener('webglcontextlost', onLost, { once: true });
    return new WebglPainter(canvas, gl, program);
  }

  private constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext, program: WebGLProgram) {
    this.canvas = canvas;
    this.gl = gl;
    this.program = program;
    this.uniforms = Object.fromEntries(
      UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)]),
    ) as typeof this.uniforms;
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  take({ from, to, sprites }: DrawnPoints): void {
    const { gl } = this;
    this.fill('from', from, 2, gl.FLOAT);
    this.fill('to', to, 2, gl.FLOAT);
    this.fill('sprite', sprites, 1, gl.UNSIGNED_BYTE);
    this.count = sprites.length;
  }

  draw(frame: MapFrame): void {
    const { gl, canvas, uniforms } = this;
    const { width, height } = pixelsOf(frame);
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    gl.viewport(0, 0, width, height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const { sprites, plane, density } = frame;
    if (this.sprites !== sprites) {
      this.sprites = sprites;
      const { side, pixels } = sprites;
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, side, side * SPRITES, 0, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    }
    gl.useProgram(this.program);
    gl.uniform2f(uniforms.center, plane.center.x, plane.center.y);
    gl.uniform1f(uniforms.scale, plane.scale * density);
    gl.uniform2f(uniforms.size, width, height);
    gl.uniform1f(uniforms.moved, frame.moved);
    gl.uniform1f(uniforms.side, sprites.side);
    gl.uniform1i(uniforms.shown, frame.shown);
    gl.uniform1i(uniforms.marks, 0);
    gl.drawArrays(gl.POINTS, 0, this.count);
  }

  dispose(): void {
    // A page has few contexts: this one's is given back at once and not when the canvas is collected.
    this.gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  private fill(name: string, data: Float32Array | Uint8Array, size: number, type: number): void {
    const { gl } = this;
    const buffer = this.buffers.get(name) ?? gl.createBuffer();
    this.buffers.set(name, buffer);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    const at = gl.getAttribLocation(this.program, name);
    gl.enableVertexAttribArray(at);
    gl.vertexAttribPointer(at, size, type, false, 0, 0);
  }
}

/** Names of drivers that have the processor compute what a graphics processor would. */
const BY_SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;
let hardware: boolean | undefined;

/** Whether there is a graphics processor: without one the canvas painter is several times as fast. Looked up once. */
export function hasGraphics(): boolean {
  if (hardware === undefined) {
    const gl = new OffscreenCanvas(1, 1).getContext('webgl2', { failIfMajorPerformanceCaveat: true });
    const info = gl?.getExtension('WEBGL_debug_renderer_info');
    const name = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : '';
    hardware = gl !== null && !BY_SOFTWARE.test(name);
    gl?.getExtension('WEBGL_lose_context')?.loseContext();
  }
  return hardware;
}

/** undefined where the graphics processor won't take the programs: there is the canvas painter then. */
function link(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) {
      return undefined;
    }
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) === true ? program : undefined;
}
