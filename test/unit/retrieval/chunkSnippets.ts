// A piece of code in each language that has a grammar, long enough to be taken apart, and the names that its chunks
// should have when each definition is a chunk of its own.

export interface Snippet {
  readonly code: string;
  readonly names: readonly string[];
}

export const snippets: Readonly<Record<string, Snippet>> = {
  typescript: {
    code: `import { a } from './a.ts';
/** Says hello. */
@sealed
export class Greeter<T> {
  #name = 'x';
  constructor(name: string) { this.#name = name; }
  /** Greets. */
  async greet(): Promise<void> { console.log(this.#name); }
}
export const shout = (text: string) => text.toUpperCase();
interface Shape { area(): number }
type Pair = [number, number];
export default function main() { return shout('a'); }
namespace Inner { export function deep() { return 1; } }
enum Colour { red, green }
`,
    names: [
      'Greeter',
      'Greeter > constructor',
      'Greeter > greet',
      'shout',
      'Shape',
      'Pair',
      'main',
      'Inner > deep',
      'Colour',
    ],
  },
  typescriptreact: {
    code: 'export const App = () => <div>{1}</div>;\nfunction Row() { return <tr />; }\n',
    names: ['App', 'Row'],
  },
  javascript: {
    code: `'use strict';
function Parser() { this.at = 0; }
Parser.prototype.next = function () { return this.at++; };
exports.parse = function (text) { return new Parser(text); };
module.exports.other = class Other { run() { return 1; } };
const helper = require('./helper');
const table = { key: function () { return 2; }, short() { return 3; } };
`,
    names: ['Parser', 'Parser > next', 'parse', 'other > Other', 'table > key', 'table > short'],
  },
  javascriptreact: { code: 'function Button(props) { return <button>{props.label}</button>; }\n', names: ['Button'] },
  python: {
    code: `import os
@dataclass
class Point:
    """A point."""
    x: int

    @property
    def length(self):
        # how far
        return self.x

async def main(args):
    def inner():
        return 1
    return inner()
`,
    names: ['Point', 'Point > length', 'main'],
  },
  go: {
    code: `package main
import "fmt"
// Server serves.
type Server struct { port int }
// Run runs.
func (s *Server) Run(a int) error { return nil }
func (l List[T]) Len() int { return 0 }
func main() { fmt.Println("x") }
`,
    names: ['Server', 'Server > Run', 'List > Len', 'main'],
  },
  rust: {
    code: `use std::fmt;
/// A point.
#[derive(Debug)]
pub struct Point { x: i32 }
impl Point {
    /// Makes one.
    pub fn new(x: i32) -> Self { Point { x } }
}
impl fmt::Display for Point { fn fmt(&self) -> R { Ok(()) } }
trait Shape { fn area(&self) -> f64; }
mod inner { pub fn deep() {} }
macro_rules! twice { ($x:expr) => { $x; $x } }
`,
    names: ['Point', 'Point > new', 'Point > fmt', 'Shape', 'inner', 'twice'],
  },
  java: {
    code: `package a.b;
import java.util.List;
/** A list. */
@Deprecated
public class Box<T> extends Base {
  private int size;
  public Box(int size) { this.size = size; }
  @Override
  public int size() { return size; }
  interface Inner { void call(); }
}
record Pair(int a, int b) {}
enum Colour { RED }
`,
    names: ['Box', 'Box > size', 'Box > Inner', 'Pair', 'Colour'],
  },
  csharp: {
    code: `using System;
namespace App.Core {
  /// <summary>A box.</summary>
  [Serializable]
  public class Box<T> : Base {
    public int Size { get; set; }
    public Box(int size) { Size = size; }
    public override string ToString() => "box";
  }
  public record Pair(int A, int B);
  interface IShape { double Area(); }
}
`,
    names: [
      'App > Core > Box',
      'App > Core > Box > Size',
      'App > Core > Box > ToString',
      'App > Core > Pair',
      'App > Core > IShape',
    ],
  },
  c: {
    code: `#include <stdio.h>
/* A point. */
struct point { int x, y; };
static int *find(struct point *p, int n) { return &p[n].x; }
#define MAX(a, b) ((a) > (b) ? (a) : (b))
int main(void) { return 0; }
`,
    names: ['point', 'find', 'MAX', 'main'],
  },
  cpp: {
    code: `#include <vector>
namespace shapes {
template <typename T>
class Box : public Base {
 public:
  Box(T value) : value_(value) {}
  T &get() const { return value_; }
};
int Box<int>::area(int n) { return n; }
void Circle::draw() const { }
}
`,
    names: ['shapes', 'shapes > Box', 'shapes > Box > get', 'shapes > Circle > draw'],
  },
  php: {
    code: `<?php
namespace App\\Models;
/** A user. */
class User extends Model {
    private $name;
    public function __construct($name) { $this->name = $name; }
    public static function find(int $id): ?self { return null; }
}
trait Logs { function log($x) { echo $x; } }
function helper() { return 1; }
`,
    names: ['User', 'User > __construct', 'User > find', 'Logs > log', 'helper'],
  },
  ruby: {
    code: `require 'json'
# A shop.
module Shop
  class Order < Base
    attr_reader :total
    def initialize(total)
      @total = total
    end
    def self.load(id)
      new(id)
    end
  end
end
def helper; 1; end
`,
    names: ['Shop > Order > initialize', 'Shop > Order > load', 'helper'],
  },
  shellscript: {
    code: `#!/bin/bash
set -e
# Builds it.
build() {
  make all
}
function clean { rm -rf out; }
build
`,
    names: ['build', 'clean'],
  },
  powershell: {
    code: `function Get-Thing {
  param([string]$Name)
  Write-Output $Name
}
class Point { [int]$X; [int] Length() { return $this.X } }
`,
    names: ['Get-Thing', 'Point'],
  },
  css: {
    code: `/* Buttons. */
.button, a:hover { color: red; margin: 0 }
@media (max-width: 600px) { .button { color: blue } }
@keyframes spin { from { top: 0 } to { top: 1px } }
`,
    names: ['.button, a:hover', 'spin'],
  },
};
