/** The live page: mood of the class, students, flags, bookmarks. */
import { useMemo, useState } from 'preact/hooks';

import type { LiveView } from '../live/live_session';
import type { Watching } from '../live/watching';
import type { StorageTrouble } from '../sessions/writer';
import { formatClock } from '../texts/language';
import { mark, tr } from '../texts/tr';
import { Chart } from './chart';
import { Banner, MoodBars, Title } from './parts';
import { Preview } from './preview';
import { StudentsList } from './students_list';
import { usePageHidden } from './use_page_hidden';
import { useShortly } from './use_shortly';
import { describeClass, describeFlag, describeMood, isMoodPublished, nameFlag } from './words';

interface LiveProps {
  readonly watching: Watching;
  readonly view: LiveView;
  /** Why no other picture could be opened. */
  readonly problem: string | null;
  readonly expressionsOn: boolean;
  readonly aggregateOnly: boolean;
  readonly onStop: () => void;
  readonly onReopen: () => void;
}

const STATES = {
  starting: mark('Getting ready…'),
  running: mark('Watching'),
  waiting: mark('Waiting for the picture'),
  paused: mark('Paused'),
  lost: mark('Waiting for the picture'),
  done: mark('The recording was read to its end.'),
  stopping: mark('Saving…'),
} as const;

const TROUBLES: Readonly<Record<StorageTrouble, string>> = {
  full: mark(
    'The browser has no room for this lesson. Free some space; what is seen now is kept in memory until then.',
  ),
  gone: mark('The browser has stopped saving. What is seen now is kept in memory and saved as soon as possible.'),
  none: mark('This browser keeps no lessons, as in a private window.'),
  failed: mark('The browser could not store the last seconds. They are kept in memory, and it is tried again.'),
};

export function LivePage(props: LiveProps) {
  const { view, watching } = props;
  const { observation, state } = view;
  const sentence = observation ? describeClass(observation.mood, observation.students, props) : null;
  return (
    <main>
      <p class="muted">
        <span role="status">{tr(STATES[state])}</span> · {formatClock(observation?.second ?? 0)}
      </p>
      <Title>{sentence?.headline ?? tr('One moment…')}</Title>
      <p>{sentence ? sentence.detail : tr('The first result takes a few seconds.')}</p>
      <Notices {...props} />
      <div class="columns">
        <MoodCards {...props} />
        <section class="card">
          <h2>{tr('Students')}</h2>
          {props.aggregateOnly ? (
            <p class="muted">{tr('Class totals only: individual students are not listed or saved.')}</p>
          ) : (
            <StudentsList
              students={observation?.students ?? []}
              names={observation?.names ?? new Map<number, string>()}
              second={observation?.second ?? 0}
              expressionsOn={props.expressionsOn}
              onExclude={(student, excluded) => watching.session.setExcluded(student, excluded)}
              onDismiss={(student, kind) => watching.session.dismiss(student, kind)}
              onRename={(student, name) => watching.session.rename(student, name)}
            />
          )}
        </section>
      </div>
      <WhoIsWho {...props} />
      <Actions {...props} />
    </main>
  );
}

function Notices({ view, watching, problem, onReopen }: LiveProps) {
  const wasHidden = usePageHidden();
  return (
    <>
      {view.state === 'lost' && (
        <Banner kind="warning" action={tr('Choose again')} onAction={onReopen}>
          {tr('The picture was stopped. Choose again what to watch, or stop the lesson: all of it so far is saved.')}
        </Banner>
      )}
      {problem && <Banner kind="danger">{problem}</Banner>}
      {view.trouble && <Banner kind="danger">{tr(TROUBLES[view.trouble])}</Banner>}
      {wasHidden && (
        <Banner kind="warning">
          {tr('This page was hidden, which slows it down. Keep it in a window of its own beside the call.')}
        </Banner>
      )}
      {view.observation?.classFlags.map((flag) => (
        <Banner
          key={flag.kind}
          kind="warning"
          action={tr('Dismiss')}
          about={nameFlag(flag.kind, null)}
          onAction={() => watching.session.dismiss(null, flag.kind)}
        >
          {describeFlag(flag)}
        </Banner>
      ))}
    </>
  );
}

function MoodCards({ view, ...shown }: LiveProps) {
  const mood = view.observation?.mood ?? null;
  const lines = useMemo(
    () => [{ name: tr('Class mood'), colour: 'accent', values: view.history.map((point) => point.mood) }],
    [view.history],
  );
  const seconds = useMemo(() => view.history.map((point) => point.second), [view.history]);
  if (!shown.expressionsOn) return null;
  const probabilities = mood && isMoodPublished(mood, shown) ? mood.probabilities : null;
  const now = describeMood(view.history.at(-1)?.mood ?? null);
  return (
    <div class="columns-inner">
      <section class="card">
        <h2>{tr('Class mood now')}</h2>
        {probabilities ? (
          <MoodBars probabilities={probabilities} label={tr('Class mood now')} />
        ) : (
          <p class="muted">{tr('Waiting for the first faces')}</p>
        )}
      </section>
      <section class="card">
        <h2>{tr('The last minutes')}</h2>
        <Chart seconds={seconds} lines={lines} range={[-1, 1]} summary={tr('The mood is {mood} now', { mood: now })} />
      </section>
    </div>
  );
}

function WhoIsWho({ watching, view, aggregateOnly }: LiveProps) {
  const [isOpen, setOpen] = useState(false);
  const { stream } = watching;
  if (stream === null || aggregateOnly) return null;
  return (
    <section class="card">
      <div class="row">
        <h2>{tr('Who is who')}</h2>
        <button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? tr('Hide who is who') : tr('Show who is who')}
        </button>
      </div>
      {isOpen && view.state !== 'lost' && (
        <Preview watching={watching} stream={stream} observation={view.observation} />
      )}
    </section>
  );
}

function Actions({ watching, view, onStop }: LiveProps) {
  const [saved, showSaved] = useShortly<{ readonly second: number }>();
  const paused = view.state === 'paused';
  const canPause = view.state === 'running' || view.state === 'waiting' || paused;
  return (
    <div class="actions" role="group" aria-label={tr('Lesson')}>
      <div class="saved" role="status">
        {/* A line of its own for each press: a second one within a second is answered as well. */}
        {saved && <p key={saved}>{tr('Bookmark saved at {time}.', { time: formatClock(saved.second) })}</p>}
      </div>
      <button disabled={!canPause} onClick={() => watching.session.setPaused(!paused)}>
        {paused ? tr('Resume') : tr('Pause')}
      </button>
      <button
        disabled={view.observation === null}
        onClick={() => {
          watching.session.bookmark('');
          showSaved({ second: view.observation?.second ?? 0 });
        }}
      >
        {tr('Bookmark')}
      </button>
      <button class="danger" disabled={view.state === 'stopping'} onClick={onStop}>
        {tr('Stop')}
      </button>
    </div>
  );
}
