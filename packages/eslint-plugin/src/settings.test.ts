import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.js';

describe('readSettings', () => {
  it('takes targets and hot functions', () => {
    expect(readSettings({ target: 'node24', hotFunctions: ['Session.encrypt'] })).toEqual({ settings: { target: 'node24', hotFunctions: ['Session.encrypt'], model: null }, problem: null });
    expect(readSettings(undefined)).toEqual({ settings: { target: null, hotFunctions: [], model: null }, problem: null });
  });

  it.each([
    ['node20', 'settings.scrimp must be an object such as { target: "node20" }'],
    [{ targets: 'node20' }, 'settings.scrimp does not know targets; it knows target, hotFunctions, model'],
    [{ model: [{ call: 'encode', returns: 'text' }] }, 'settings.scrimp.model[0].call must name an export of a package, such as "fastframe#encode" or "fastframe#Writer.prototype.write", not "encode"'],
    [{ target: 'node18' }, 'settings.scrimp.target must be one of node20, node22, node24, node26, not "node18"'],
    [{ hotFunctions: 'encrypt' }, 'settings.scrimp.hotFunctions must be a list of function names such as "Session.encrypt"'],
  ])('says what is wrong with %j', (written, problem) => {
    expect(readSettings(written).problem).toBe(problem);
  });
});
