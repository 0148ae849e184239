/**
 * The state of one lowering, and the table through which the syntax forms reach each other.
 * Statements contain expressions, which contain functions, which contain statements: each concept has its own file, and none imports another's values in a circle,
 * because recursion goes through `ModuleLowering.forms`. How blocks are built is `function-builder.ts`; how names resolve is `scope.ts`.
 */
import type ts from 'typescript';
import type { Annotation, Export, FunctionIr, FunctionKind, Span, Terminator, Variable } from '../ir/function.js';
import type { BlockId, FunctionId, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import type { Control } from './completion.js';
import type { TypeQuestion } from './oracle.js';
import type { KnownNames } from './oracle.js';
import type { PrivateScope, Scope } from './scope.js';

export interface MutableVariable {
  name: string;
  kind: Variable['kind'];
  captured: boolean;
}

export interface MutableBlock {
  readonly id: BlockId;
  readonly instructions: Instruction[];
  terminator: Terminator | null;
  handler: BlockId | null;
  generatorReturn: BlockId | null;
}

/** A type question with the value that the answer belongs to. */
export interface ValueQuestion extends TypeQuestion {
  readonly value: ValueId;
  /** Asked because of a name with which code gets hold of bytes. */
  readonly aboutBytes: boolean;
}

/** A function that is being lowered. */
export interface FunctionLowering {
  readonly module: ModuleLowering;
  readonly parent: FunctionLowering | null;
  readonly id: FunctionId;
  readonly kind: FunctionKind;
  readonly async: boolean;
  readonly generator: boolean;
  readonly strict: boolean;
  readonly name: string;
  /** What the names of nested functions start with; `''` in the module. */
  readonly namePrefix: string;
  readonly className: string | null;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly annotations: readonly Annotation[];
  /** Declarations of the parameters; empty for synthesized functions. */
  readonly parameters: readonly ts.ParameterDeclaration[];
  readonly variables: MutableVariable[];
  /** Keys `function:slot` of the cells of enclosing functions in use here or in a nested function. */
  readonly captures: Map<string, VariableRef>;
  readonly blocks: MutableBlock[];
  /** Blocks in the order in which they were started; the printed order. */
  readonly placed: MutableBlock[];
  readonly spans: number[];
  readonly questions: ValueQuestion[];
  readonly controls: Control[];
  valueCount: number;
  block: MutableBlock;
  handler: BlockId | null;
  scope: Scope;
  privateScope: PrivateScope | null;
  /** Labels that stand directly before the statement being lowered. */
  pendingLabels: readonly string[];
  /** Nesting of the syntax tree; the lowering turns opaque before the stack ends. */
  depth: number;
  /** Number of parameter slots of a function without a syntax node, such as a namespace body. */
  syntheticParameters: readonly string[];
}

export interface MutableStatistics {
  expressions: number;
  opaque: number;
  readonly reasons: Map<string, number>;
}

/** Calls between syntax forms. Each entry is implemented by the file named behind it. */
export interface Forms {
  /** The value of an expression. `expressions.ts` */
  expression(f: FunctionLowering, node: ts.Expression): ValueId;
  /** An expression whose value nobody uses. `expressions.ts` */
  effect(f: FunctionLowering, node: ts.Expression): void;
  /** Branches on ToBoolean of an expression. `operators.ts` */
  condition(f: FunctionLowering, node: ts.Expression, then: BlockId, otherwise: BlockId): void;
  /** An expression whose value gets a name: `const f = () => 0`. `expressions.ts` */
  named(f: FunctionLowering, node: ts.Expression, hint: NameHint): ValueId;
  /** A statement in the current block. `statements.ts` */
  statement(f: FunctionLowering, node: ts.Statement): void;
  /** A list of statements that forms a scope which was opened and hoisted already. `statements.ts` */
  statements(f: FunctionLowering, nodes: readonly ts.Statement[]): void;
  /** Initializes the names of a declaration list whose cells are open. `statements.ts` */
  variableList(f: FunctionLowering, list: ts.VariableDeclarationList): void;
  /** Stores an `export default` class in its synthesized cell. `module-items.ts` */
  exportDefaultClass(f: FunctionLowering, node: ts.ClassDeclaration, value: ValueId): void;
  /** Lowers a function-like node into a function of the module. `functions.ts` */
  functionLike(f: FunctionLowering, node: ts.FunctionLikeDeclaration, request: FunctionRequest): FunctionId;
  /** A function expression or arrow as a value. `functions.ts` */
  closure(f: FunctionLowering, node: ts.FunctionLikeDeclaration, request: FunctionRequest): ValueId;
  /** A link of an optional chain that leaves through `exit`; an ordinary expression when it is no such link. `optional-chain.ts` */
  chainLink(f: FunctionLowering, node: ts.Expression, exit: BlockId | null): { readonly value: ValueId; readonly receiver: ValueId | null };
  /** `(a?.b)(c)`: a chain in parentheses as a callee, with its receiver. `optional-chain.ts` */
  parenthesizedChain(f: FunctionLowering, node: ts.OptionalChain): { readonly value: ValueId; readonly receiver: ValueId | null };
  /** A class; its value is the class object. `classes.ts` */
  classLike(f: FunctionLowering, node: ts.ClassLikeDeclaration, hint: NameHint): ValueId;
  /** Binds a value to a declared name or pattern. `destructuring.ts` */
  bind(f: FunctionLowering, name: ts.BindingName, value: ValueId, mode: BindMode): void;
  /** Assigns a value to an assignment pattern. `destructuring.ts` */
  assignPattern(f: FunctionLowering, pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, value: ValueId): void;
}

/** `initialize`: `let`, `const`, parameters; `assign`: `var x = v`, which assigns the hoisted cell. */
export type BindMode = 'initialize' | 'assign';

/** The name that a function or class without an own one takes, and the node whose comment documents it. */
export interface NameHint {
  /** For reports, with the object or class it stands in: `api.seal`. */
  readonly name: string | null;
  /** The `name` property that the language gives; null for none, as in `o.m = class {}`. */
  readonly inferred: string | null;
  readonly owner: ts.Node | null;
}

/** How to lower a function-like node. */
export interface FunctionRequest {
  readonly kind: FunctionKind;
  readonly hint: NameHint;
  /** The class whose member the function is. */
  readonly className: string | null;
  /** For a constructor: whether the class has a heritage clause. */
  readonly derived: boolean;
}

export interface ModuleLowering {
  readonly typescript: typeof ts;
  readonly sourceFile: ts.SourceFile;
  readonly text: string;
  readonly lineStarts: readonly number[];
  readonly names: KnownNames;
  readonly forms: Forms;
  /** `node.kind` to the way to lower it; filled by the form files. */
  readonly expressionForms: readonly (ExpressionForm | undefined)[];
  readonly statementForms: readonly (StatementForm | undefined)[];
  /** By id; null while the function is being lowered. */
  readonly functions: (FunctionIr | null)[];
  readonly lowerings: FunctionLowering[];
  readonly imports: Set<string>;
  readonly exports: Export[];
  readonly statistics: MutableStatistics;
  /** Names that declarations of a namespace or enum have exported so far, by the cell `function:slot`; later declarations that merge with them see these. */
  readonly namespaceMembers: Map<string, Set<string>>;
  readonly isTypeScript: boolean;
  format: 'esm' | 'commonjs' | 'script';
  privateScopes: number;
}

export type ExpressionForm = (f: FunctionLowering, node: ts.Expression) => ValueId;
export type StatementForm = (f: FunctionLowering, node: ts.Statement) => void;

/** No name to take. */
export const unnamed: NameHint = { name: null, inferred: null, owner: null };
