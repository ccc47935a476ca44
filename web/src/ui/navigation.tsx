/** The line at the top: where one is, and where one can go. While a lesson runs, back to it. */
import { tr } from '../texts/tr';

type Target = 'start' | 'lessons' | 'settings' | 'live';

export function Navigation(props: { page: string; isLive: boolean; onPage: (page: Target) => void }) {
  const targets: [Target, string][] = [
    props.isLive ? ['live', tr('Watching')] : ['start', tr('Watch')],
    ['lessons', tr('Lessons')],
    ['settings', tr('Settings')],
  ];
  return (
    <header class="top">
      <strong>FER Desktop</strong>
      <nav aria-label={tr('Pages')}>
        {targets.map(([target, words]) => (
          <button
            key={target}
            class="link"
            aria-current={props.page === target ? 'page' : undefined}
            onClick={() => props.onPage(target)}
          >
            {words}
          </button>
        ))}
      </nav>
    </header>
  );
}
