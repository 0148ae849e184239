/** Assembles the plugin object: one ESLint rule per rule, all of them asking one shared analysis, and the presets on top. */
import type { Rule } from '@scrimp/analysis';
import type { ESLint, Linter } from 'eslint';
import { shareAnalysis, type AnalyzeLintedFile } from './shared-analysis.js';
import { createEslintRule } from './eslint-rule.js';
import { presetNames, rulesOfPreset, type PresetName } from './presets.js';

export type { PresetName } from './presets.js';

type EslintRules = NonNullable<ESLint.Plugin['rules']>;

export interface ScrimpPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: EslintRules;
  readonly configs: Record<PresetName, Linter.Config>;
}

const namespace = 'scrimp';

/** `analyze` is called once per linted file, however many rules are on. */
export function createPlugin(rules: readonly Rule[], analyze: AnalyzeLintedFile): ScrimpPlugin {
  const analysisOf = shareAnalysis(rules, analyze);
  const eslintRules: EslintRules = Object.fromEntries(rules.map((rule) => [rule.meta.id, asEslintRule(createEslintRule(rule.meta, analysisOf))]));
  const base = { meta: { name: 'eslint-plugin-scrimp', version: '0.1.0', namespace }, rules: eslintRules };
  // Each preset names the plugin, and the plugin names its presets, so the presets come second.
  const plugin: ScrimpPlugin = { ...base, configs: {} as ScrimpPlugin['configs'] };
  for (const preset of presetNames) {
    plugin.configs[preset] = { name: `${namespace}/${preset}`, plugins: { [namespace]: plugin }, rules: rulesOfPreset(preset, rules, namespace) };
  }
  return plugin;
}

/** typescript-eslint and ESLint describe the same rule objects with types of their own, which are not assignable to each other. */
function asEslintRule(rule: ReturnType<typeof createEslintRule>): EslintRules[string] {
  const module: unknown = rule;
  return module as EslintRules[string];
}
