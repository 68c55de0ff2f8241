import { fileName } from './escape.ts';

/** File names of figures without extension, in order; two figures never share one. */
export function figureNames(figures: readonly { readonly id: string }[]): readonly string[] {
  const taken = new Set<string>();
  return figures.map(({ id }) => {
    const name = fileName(id);
    let free = name;
    for (let k = 2; taken.has(free.toLowerCase()); k++) free = `${name}-${k}`;
    taken.add(free.toLowerCase());
    return free;
  });
}
