import { useLayoutEffect, useState } from 'preact/hooks';

/** Where in the report the reader is: the address after `#/`, in parts. */
export type Route = readonly string[];

function read(): Route {
  return location.hash
    .replace(/^#\/?/, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        // An address that somebody cut short is no reason to show nothing.
        return part;
      }
    });
}

/** The address of a place in the report. */
export const link = (...parts: readonly (string | number)[]): string =>
  `#/${parts.map((part) => encodeURIComponent(String(part))).join('/')}`;

/** The place that the address names, as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useLayoutEffect(() => {
    const follow = (): void => setRoute(read());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** Change the address without a new entry in the browser's history: for steps. */
export function replaceRoute(...parts: readonly (string | number)[]): void {
  history.replaceState(null, '', link(...parts));
}
