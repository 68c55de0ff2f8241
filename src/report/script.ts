/**
 * The only script of the page: filters the table and adds copy buttons. It adds what it needs itself, so the page is
 * complete without it; its hash stands in the page's content security policy.
 */
export const SCRIPT = `
'use strict';
(() => {
  const tools = document.getElementById('tools');
  const rows = [...document.querySelectorAll('tr[data-outcome]')];
  if (tools && rows.length > 1) {
    const search = document.createElement('input');
    search.type = 'search';
    search.placeholder = 'Filter claims';
    search.setAttribute('aria-label', 'Filter claims by text');
    const status = document.createElement('span');
    status.setAttribute('role', 'status');
    status.className = 'muted';
    const hidden = new Set();
    const apply = () => {
      const text = search.value.trim().toLowerCase();
      let shown = 0;
      for (const row of rows) {
        row.hidden = hidden.has(row.dataset.outcome) || !row.textContent.toLowerCase().includes(text);
        if (!row.hidden) shown += 1;
      }
      for (const group of document.querySelectorAll('.verdicts tbody')) {
        group.hidden = !group.querySelector('tr[data-outcome]:not([hidden])');
      }
      status.textContent = shown === rows.length ? '' : 'showing ' + shown + ' of ' + rows.length;
    };
    tools.append(search);
    for (const outcome of [...new Set(rows.map((row) => row.dataset.outcome))]) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = outcome;
      button.setAttribute('aria-pressed', 'true');
      button.addEventListener('click', () => {
        if (hidden.delete(outcome)) button.setAttribute('aria-pressed', 'true');
        else {
          hidden.add(outcome);
          button.setAttribute('aria-pressed', 'false');
        }
        apply();
      });
      tools.append(button);
    }
    tools.append(status);
    search.addEventListener('input', apply);
    tools.hidden = false;
  }
  for (const code of document.querySelectorAll('.replay code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        button.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(code);
        button.textContent = 'Selected';
      }
      setTimeout(() => (button.textContent = 'Copy'), 1500);
    });
    code.after(button);
  }
})();
`;
