import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';

/** What opens a page in the browser of whoever is at this machine. */
const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};
const OPENER: readonly [string, ...string[]] = ['xdg-open'];

/**
 * Show a file, or an address, in a browser.
 * @param opener the program that does it; default: that of this platform
 * @returns undefined, or one line why it could not be shown
 */
export function openInBrowser(
  target: string,
  opener = OPENERS[process.platform] ?? OPENER,
): Promise<string | undefined> {
  const address = /^https?:/.test(target) ? target : pathToFileURL(target).href;
  const [program, ...args] = opener;
  return new Promise((resolve) => {
    const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
    child.on('error', ({ message }) => resolve(`no browser could be opened (${message}): open ${address}`));
    child.on('spawn', () => {
      child.unref();
      resolve(undefined);
    });
  });
}
