/** The query API: the questions that a rule may ask about a program. Filled in by the engine; see `program-query.ts`. */
export interface ProgramQuery {
  readonly target: string;
}
