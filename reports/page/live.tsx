import { useEffect, useState } from 'preact/hooks';
import type { LiveProgress, PageData } from '../html/page-data.js';
import { App } from './app.js';

/** A page about a run that goes on: its server sends how far it is, and at the end what it came to. */
export function Live({ first }: { first: PageData }) {
  const [data, setData] = useState(first);
  const [progress, setProgress] = useState<readonly LiveProgress[]>([]);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    const events = new EventSource('events');
    events.addEventListener('progress', ({ data: text }: MessageEvent<string>) => {
      setLost(false);
      setProgress(JSON.parse(text));
    });
    events.addEventListener('result', ({ data: text }: MessageEvent<string>) => {
      setData(JSON.parse(text));
      events.close();
    });
    events.onerror = () => setLost(true);
    return () => events.close();
  }, []);
  return (
    <App data={data}>
      {data.live === undefined ? null : (
        <section class="live" aria-live="polite">
          <h2>{lost ? 'The run is gone, or this page has lost it' : 'Running'}</h2>
          <p>
            <code>{data.live.command}</code>
          </p>
          {progress.map(({ system, share, text }) => (
            <div key={system} class="progress">
              <strong>{system}</strong>
              {share === undefined ? null : (
                <progress value={share} max={1} aria-label={`${system}: how far it is`} />
              )}
              <span>{text}</span>
            </div>
          ))}
        </section>
      )}
    </App>
  );
}
