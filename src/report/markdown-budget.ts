/** The blocks that fit into the budget, in bytes, and a note on how many did not. */
export function within(blocks: readonly string[], budget: number, note: (left: number) => string): string {
  let used = 200;
  let fitting = 0;
  for (const block of blocks) {
    used += Buffer.byteLength(block);
    if (used > budget) break;
    fitting += 1;
  }
  const left = blocks.length - fitting;
  return blocks.slice(0, fitting).join('') + (left === 0 ? '' : note(left));
}
