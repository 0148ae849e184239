/**
 * Closing iterators on the way out of a loop or pattern (ECMA-262 7.4.11 IteratorClose).
 */
import type { BlockId, ValueId } from '../ir/instruction.js';
import { branch, emit, goto, newBlock, setHandler, startBlock, terminate } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';

/** Closes in the current block; an error of the close is thrown. */
export function closeIterator(f: FunctionLowering, iterator: ValueId, async: boolean): void {
  const closed = emit(f, null, { op: 'iterator-close', iterator, suppress: false });
  if (async) awaitClose(f, closed, 'checked');
}

/** Without a `return` method nothing is awaited. */
function awaitClose(f: FunctionLowering, closed: ValueId, result: 'checked' | 'ignored'): void {
  const waits = newBlock(f);
  const end = newBlock(f);
  branch(f, 'undefined', closed, end, waits);
  startBlock(f, waits);
  const awaited = emit(f, null, { op: 'await', value: closed });
  // `iterator-done` throws TypeError when the result is not an object, which is what the close has to do.
  if (result === 'checked') emit(f, null, { op: 'iterator-done', result: awaited });
  goto(f, end);
  startBlock(f, end);
}

/** Fills the handler block of a loop body: closes, ignores what the close throws, and throws the original error on. */
export function closeOnThrow(f: FunctionLowering, handler: BlockId, iterator: ValueId, async: boolean): void {
  startBlock(f, handler);
  const error = emit(f, null, { op: 'caught' });
  closeSuppressed(f, iterator, async);
  terminate(f, { op: 'throw', value: error });
}

/** Closes while another error is under way. Errors of the close, and of the promise it gives in async iteration, are ignored. */
export function closeSuppressed(f: FunctionLowering, iterator: ValueId, async: boolean): void {
  if (!async) {
    emit(f, null, { op: 'iterator-close', iterator, suppress: true });
    return;
  }
  const outer = f.handler;
  const ignore = newBlock(f);
  const end = newBlock(f);
  setHandler(f, ignore);
  awaitClose(f, emit(f, null, { op: 'iterator-close', iterator, suppress: true }), 'ignored');
  goto(f, end);
  f.handler = outer;
  startBlock(f, ignore);
  emit(f, null, { op: 'caught' });
  goto(f, end);
  startBlock(f, end);
}
