/** Findings to text, JSON, Markdown and SARIF: pure functions of a `ReportInput`. */
export { assumedWorlds, type ReportInput, type RuleDescription, type ToolInfo } from './report-input.js';
export { renderText, renderTextLines } from './text/render-text.js';
export type { TextOptions } from './text/text-style.js';
export { renderJson, reportSchema } from './render-json.js';
export { renderMarkdown } from './render-markdown.js';
export { renderSarif } from './sarif/render-sarif.js';
