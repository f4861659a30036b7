import { useState } from 'preact/hooks';

/** Copy by the clipboard, or where a page from a file may not use it, by a selection. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  }
}

/** A button that puts a text on the clipboard and says so. */
export function CopyButton({ what, text, label = 'copy' }: { what: string; text: string; label?: string }) {
  const [state, setState] = useState('');
  return (
    <button
      type="button"
      class="copy"
      aria-label={`${label === 'copy' ? 'copy' : `copy ${label}`}: ${what}`}
      onClick={async () => setState((await copy(text)) ? 'copied' : 'could not copy')}
    >
      {state === '' ? label : `${label}: ${state}`}
    </button>
  );
}
