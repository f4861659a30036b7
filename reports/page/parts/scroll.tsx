import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** What may be wider than the page: it scrolls by itself, and by keyboard where there is something to scroll. */
export function Scroll({
  label,
  more = '',
  children,
}: {
  label: string;
  more?: string;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = box;
    if (current === null) return;
    const look = (): void => {
      if (current.scrollWidth > current.clientWidth) current.tabIndex = 0;
      else current.removeAttribute('tabindex');
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return (
    <section class={`scroll ${more}`} aria-label={label} ref={box} data-scrolls>
      {children}
    </section>
  );
}
