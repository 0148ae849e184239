/** The plugin as ESLint and oxlint load it: every rule of the registry, and the presets. Nothing is analyzed before a file is linted. */
import { rules } from '@scrimp/rules';
import { analyzeLintedFile } from './file-analysis.js';
import { createPlugin } from './plugin.js';

const plugin = createPlugin(rules, analyzeLintedFile);

export type { PresetName, ScrimpPlugin } from './plugin.js';
export default plugin;
// `require('eslint-plugin-scrimp')` of a CommonJS config gets the plugin itself where Node honors this name, and `.default` everywhere.
export { plugin as 'module.exports' };
