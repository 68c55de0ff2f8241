import { all } from './elements.ts';

/** Sections open when their address is followed, and all of them where the page is printed. */
export function openClaims(): void {
  const openAddressed = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (id === '') return;
    const details = document.getElementById(id)?.querySelector('details');
    if (details == null || details.open) return;
    details.open = true;
    // What stands above may have grown or been filtered: go there again.
    document.getElementById(id)?.scrollIntoView();
  };
  addEventListener('hashchange', openAddressed);
  addEventListener('click', (event) => {
    // A second click on the address that is there already changes no hash.
    if (event.target instanceof Element && event.target.closest('a[href^="#"]')) setTimeout(openAddressed);
  });
  addEventListener('beforeprint', () => {
    for (const details of all<HTMLDetailsElement>('article.claim > details')) details.open = true;
  });
  openAddressed();
}
