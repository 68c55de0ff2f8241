// Bundles the scripts of the page, the plotting library included, into a module that holds them as texts: so a report is
// one file, and the compiled package needs none beside its own.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = fileURLToPath(new URL('./generated/', import.meta.url));
const { outputFiles, metafile } = await build({
  entryPoints: ['main.ts', 'main-charts.ts'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
  outdir: folder,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  write: false,
  metafile: true,
});

/** The licenses of everything that is in the bundle: they ask to go with it. */
function licenses() {
  const inputs = Object.keys(metafile.inputs).filter((file) => file.includes('node_modules'));
  const packages = new Set(inputs.map((file) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)[1]));
  const texts = [...packages].sort().flatMap((folder) => {
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    if (file === undefined) throw new Error(`${folder} comes without a license`);
    return `${path.basename(folder)}: ${readFileSync(path.join(folder, file), 'utf8')}`;
  });
  return texts.map((text) => text.replace(/\s+/g, ' ').trim());
}

/** The permission that several packages give in the same words is written once. */
function notice() {
  const holders = new Map();
  for (const text of licenses()) {
    const [, holder, permission] = /^(.*?)((?:Permission|Redistribution) .*)$/.exec(text);
    holders.set(permission, [...(holders.get(permission) ?? []), holder]);
  }
  const blocks = [...holders].map(([permission, names]) => `${names.join('\n')}\n${permission}`);
  const ascii = blocks
    .join('\n\n')
    .replaceAll('*/', '* /')
    .replace(/[^\n -~]/g, '?');
  return `/*!\n${ascii}\n*/\n`;
}

const [controls, charts] = outputFiles.map(({ text }) => text);
const scripts = [controls, notice() + charts];
// Either would end or change the element that the script stands in.
if (scripts.some((script) => /<\/script|<!--/i.test(script)))
  throw new Error('a bundle holds text that ends a script element');
if (controls.length > 20_000) throw new Error('the controls are bundled with a library: the page would wait for it');

mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}page-scripts.ts`,
  `/** The scripts of the page, bundled: its controls, then its charts with the library that draws them. Written by build.mjs beside; not kept under version control. */
export const PAGE_SCRIPTS = ${JSON.stringify(scripts)} as const;
`,
);
rmSync(`${folder}page-script.ts`, { force: true });
