/** Links to the files of a figure, which lie beside the page. */
export function fileLinks(name: string): string {
  return `<span class="files">Files: <a href="figures/${name}.svg">SVG</a> <a href="figures/${name}.csv">CSV</a></span>`;
}
