import { all, button, choice, toggle } from './elements.ts';

/** A claim on the page: its row in the table and, once the page has been read, its section. */
interface Shown {
  readonly row: HTMLElement;
  section(): HTMLElement | null;
  text(): string;
}

/** Search and filters above the table, usable before the rest of the page is there; they hide rows and sections together. */
export function addFilter(): void {
  const tools = document.getElementById('tools');
  const claims = all('tr[data-outcome]').map(shownClaim);
  if (tools === null || claims.length < 2) return;
  const excluded = new Set<string>();
  const wanted = { text: '', group: '', kind: '' };
  const status = document.createElement('span');
  status.setAttribute('role', 'status');
  status.className = 'muted';
  const apply = () => {
    const words = wanted.text.toLowerCase().split(/\s+/);
    let count = 0;
    for (const claim of claims) {
      const { row } = claim;
      const section = claim.section();
      const { outcome = '', group, kind } = row.dataset;
      const fits =
        !excluded.has(outcome) &&
        (wanted.group === '' || wanted.group === group) &&
        (wanted.kind === '' || wanted.kind === kind) &&
        (wanted.text === '' || words.every((word) => claim.text().includes(word)));
      row.hidden = !fits;
      if (section !== null) section.hidden = !fits;
      if (fits) count += 1;
    }
    hideEmptyGroups();
    status.textContent = countText(count, claims.length);
  };
  const values = (key: 'outcome' | 'group' | 'kind') => [...new Set(claims.map(({ row }) => row.dataset[key] ?? ''))];
  const chosen = (label: string, every: string, key: 'group' | 'kind') =>
    choice(label, [['', every], ...values(key).map((value) => [value, value] as const)], (value) => {
      wanted[key] = value;
      apply();
    });
  tools.append(
    searchField((text) => {
      wanted.text = text;
      apply();
    }),
    ...values('outcome').map((outcome) =>
      toggle(outcome, true, (pressed) => {
        if (pressed) excluded.delete(outcome);
        else excluded.add(outcome);
        apply();
      }),
    ),
    chosen('Group of claims', 'all groups', 'group'),
    chosen('Kind of claim', 'all kinds', 'kind'),
    status,
    expandButton(),
  );
  status.textContent = countText(claims.length, claims.length);
  addEventListener('DOMContentLoaded', apply);
  tools.hidden = false;
}

function countText(count: number, all: number): string {
  return count === all ? `${all} claims` : `showing ${count} of ${all}`;
}

function shownClaim(row: HTMLElement): Shown {
  let found: HTMLElement | null = null;
  let known: string | undefined;
  const section = () => {
    found ??= document.getElementById(row.dataset.claim ?? '');
    return found;
  };
  const text = () => {
    if (known !== undefined) return known;
    const current = `${row.textContent} ${section()?.textContent ?? ''}`.toLowerCase();
    if (document.readyState !== 'loading') known = current;
    return current;
  };
  return { row, section, text };
}

/** The field takes the focus on "/", as on many pages. */
function searchField(changed: (text: string) => void): HTMLInputElement {
  const field = document.createElement('input');
  field.type = 'search';
  field.placeholder = 'Search claims';
  field.setAttribute('aria-label', 'Search claims: all words must occur');
  field.addEventListener('input', () => changed(field.value.trim()));
  addEventListener('keydown', (event) => {
    const typing = event.target instanceof Element && event.target.matches('input, select, textarea');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.focus();
  });
  return field;
}

/** Opens the sections of the claims shown, or closes them. */
function expandButton(): HTMLButtonElement {
  let opened = false;
  const control = button('Expand all', () => {
    opened = !opened;
    for (const details of all<HTMLDetailsElement>('article.claim:not([hidden]) > details')) details.open = opened;
    control.textContent = opened ? 'Collapse all' : 'Expand all';
  });
  return control;
}

function hideEmptyGroups(): void {
  for (const group of all('.verdicts tbody')) {
    group.hidden = group.querySelector('tr[data-outcome]:not([hidden])') === null;
  }
  for (const group of all('.claim-group')) group.hidden = group.querySelector('article.claim:not([hidden])') === null;
}
