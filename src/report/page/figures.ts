import type { PageFigure } from '../page-data.ts';

/** The figures of the page, from its data block: Base64 of deflated JSON. Browsers from 2023 on can inflate it. */
export async function pageFigures(): Promise<Readonly<Record<string, PageFigure>>> {
  const text = document.getElementById('figure-data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return (await new Response(inflated).json()) as Readonly<Record<string, PageFigure>>;
}
