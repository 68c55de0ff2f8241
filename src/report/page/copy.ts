import { all, button } from './elements.ts';

const SHOWN = 1500;

/** A button beside every command that copies it, or selects it where the clipboard is closed. */
export function addCopyButtons(): void {
  for (const code of all('.replay code')) {
    const control = button('Copy', async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        control.textContent = 'Copied';
      } catch {
        getSelection()?.selectAllChildren(code);
        control.textContent = 'Selected';
      }
      setTimeout(() => {
        control.textContent = 'Copy';
      }, SHOWN);
    });
    control.className = 'copy';
    code.after(control);
  }
}
