/** Classes that are written as functions with prototypes, and the neighbors where a method may be another. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';

interface Case {
  readonly name: string;
  readonly source: string;
  /** What the last call in `f` may run; `?` where that is not known. */
  readonly expected: readonly string[];
}

const box = 'function Box(bytes) { this.bytes = bytes; }\nBox.prototype.first = function (other) { return other[0]; };\nBox.prototype.wipe = function (other) { other.fill(0); };\n';

const cases: readonly Case[] = [
  { name: 'a method of a prototype', source: `${box} function f(a) { new Box(null).first(a); }`, expected: ['Box.first'] },
  { name: 'this calls another method', source: `${box} Box.prototype.twice = function (other) { return this.first(other) + this.first(other); }; function f(a) { return new Box(null).twice(a); }`, expected: ['Box.twice'] },
  { name: 'the object keeps what it is made with', source: `${box} let kept; function f(a) { kept = new Box(a); }`, expected: ['new Box'] },
  { name: 'a prototype that is a literal', source: `function Box() {} Box.prototype = { constructor: Box, first(other) { return other[0]; } }; function f(a) { new Box().first(a); }`, expected: ['Box.first'] },
  { name: 'a method of the function that it inherits from', source: `${box} function Small() { Box.call(this, null); } util.inherits(Small, Box); Small.prototype.second = function (other) { return this.first(other); }; function f(a) { return new Small().first(a); }`, expected: ['Box.first'] },
  { name: 'an override of one that inherits counts', source: `${box} function Loud() {} Loud.prototype = Object.create(Box.prototype); Loud.prototype.first = function (other) { other[0] = 1; return 0; }; Box.prototype.run = function (other) { return this.first(other); }; function f(a) { return new Box(null).run(a); }`, expected: ['Box.run'] },
  { name: 'a method that is assigned twice is not known', source: `${box} if (flag) Box.prototype.first = other; function f(a) { new Box(null).first(a); }`, expected: ['?'] },
  { name: 'a prototype that is handed on is not known', source: `${box} mixin(Box.prototype); function f(a) { new Box(null).first(a); }`, expected: ['?'] },
  { name: 'a prototype that belongs to another is not known', source: `${box} Box.prototype = other.prototype; function f(a) { new Box(null).first(a); }`, expected: ['?'] },
  { name: 'a field of the name hides the method', source: `${box} function f(a, g) { const b = new Box(null); b.first = g; b.first(a); }`, expected: ['?'] },
  { name: 'a constructor that returns another', source: `function Box(x) { if (x) return x; this.bytes = null; } Box.prototype.first = function (other) { return other[0]; }; function f(a, x) { new Box(x).first(a); }`, expected: ['?'] },
  { name: 'a method that the constructor sets', source: `${box} function Odd(g) { this.first = g; } Odd.prototype.first = function (other) { return other[0]; }; function f(a, g) { new Odd(g).first(a); }`, expected: ['?'] },
];

describe('prototypes', () => {
  test.each(cases)('$name', ({ source, expected }) => {
    const last = [...analyzeText({ 'a.js': source }).flow('f').values.calls].sort(([left], [right]) => left - right).at(-1)![1];
    expect(last.complete ? last.candidates.map((one) => one.name) : ['?']).toEqual(expected);
  });
});

test('this is of the class, and overrides of those that inherit count', () => {
  const text = analyzeText({ 'a.js': `${box} Box.prototype.run = function (other) { return this.first(other); };
    function Loud() {} Loud.prototype = Object.create(Box.prototype); Loud.prototype.first = function (other) { other[0] = 1; return 0; };` });
  const calls = [...text.flow('Box.run').values.calls.values()];
  expect(calls.map((call) => call.candidates.map((one) => one.name))).toEqual([['Box.first', 'Loud.first']]);
  expect(text.summary('Box.run').writes).toEqual([0]);
});

test('a constructed object keeps what its function stores', () => {
  expect(analyzeText({ 'a.js': `${box} let kept; function f(a) { kept = new Box(a); }` }).summary('f').retains).toEqual([0]);
});
