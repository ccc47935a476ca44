/** The page: which of its views is shown, and the session that runs. */
import type { ComponentProps } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { VideoFile } from '../capture/files';
import { explainCapture } from '../capture/problems';
import { openLive, type LiveKind } from '../capture/sources';
import { keepAwake } from '../live/keep_awake';
import type { LiveView } from '../live/live_session';
import { isLocked } from '../live/session_lock';
import { closeSource, Watching, type Source } from '../live/watching';
import { decideExpressions, type ExpressionDecision } from '../policy/expressions';
import { guessPlace } from '../policy/place';
import { SessionStore } from '../sessions/store';
import { changeSettings, followSettings, loadSettings, type Settings } from '../settings';
import { loadLanguage, pickLanguage, type LanguageCode } from '../texts/language';
import { currentLanguage, setLanguage, tr } from '../texts/tr';
import { ConsentStep } from './consent_step';
import { Latest } from './latest';
import { LessonPage } from './lesson_page';
import { LessonsPage } from './lessons_page';
import { LivePage } from './live_page';
import { Navigation } from './navigation';
import { PicturePage } from './picture_page';
import { SettingsPage } from './settings_page';
import { StartPage } from './start_page';
import { describeFault, describeLoss } from './words';

type Page =
  | { readonly name: 'start' | 'lessons' | 'settings' | 'live' }
  | { readonly name: 'lesson'; readonly id: number }
  | { readonly name: 'picture'; readonly file: File }
  | { readonly name: 'consent'; readonly source: Source };

const START: Page = { name: 'start' };

export function App() {
  const store = useMemo(() => new SessionStore(), []);
  const { settings, isKept, change } = useSettings();
  const [page, setPage] = useState<Page>(START);
  const [problem, setProblem] = useState<string | null>(null);
  const live = useWatching(store, setPage, setProblem);
  useCrashed(store, setProblem);
  const decision = decideExpressions({
    setting: settings.place,
    guess: guessPlace(Intl.DateTimeFormat().resolvedOptions().timeZone),
    confirmed: settings.confirmed,
  });
  const show = (next: Page) => {
    setProblem(null);
    setPage(next);
  };
  const shared = { page, show, setProblem, settings, change, decision, live };
  return (
    <>
      <Navigation page={page.name} isLive={live.watching !== null} onPage={(name) => show({ name })} />
      <WatchPages {...shared} problem={problem} />
      {page.name === 'picture' && (
        <PicturePage file={page.file} expressionsOn={decision.on} onClose={() => show(START)} />
      )}
      {page.name === 'lessons' && (
        <LessonsPage
          store={store}
          retentionDays={settings.confirmed ? settings.retentionDays : null}
          onOpen={(id) => show({ name: 'lesson', id })}
        />
      )}
      {page.name === 'lesson' && <LessonPage store={store} id={page.id} onClose={() => show({ name: 'lessons' })} />}
      {page.name === 'settings' && <SettingsPage settings={settings} isKept={isKept} onChange={change} />}
    </>
  );
}

interface WatchPagesProps {
  readonly page: Page;
  readonly problem: string | null;
  readonly settings: Settings;
  readonly decision: ExpressionDecision;
  readonly live: ReturnType<typeof useWatching>;
  readonly show: (page: Page) => void;
  readonly setProblem: (problem: string) => void;
  readonly change: (more: Partial<Settings>) => void;
}

/** From the choice of what to watch to the end of a lesson. */
function WatchPages({ page, problem, settings, decision, live, show, setProblem, change }: WatchPagesProps) {
  const sources = useMemo(() => new Latest<Source>(closeSource), []);
  const ask = (open: Promise<Source>) => {
    sources.ask(open).then(
      (source) => source && show({ name: 'consent', source }),
      (error: unknown) => setProblem(explainCapture(error).message),
    );
  };
  const showPicture = (file: File) => {
    sources.giveUp();
    show({ name: 'picture', file });
  };
  const start: ComponentProps<typeof ConsentStep>['onStart'] = (aggregateOnly, reader) => {
    sources.giveUp();
    if (page.name === 'consent')
      live.start({ source: page.source, reader, decision, aggregateOnly, course: settings.course });
  };
  return (
    <>
      {page.name === 'start' && (
        <StartPage
          decision={decision}
          place={settings.place}
          course={settings.course}
          problem={problem}
          onPlace={(place) => change({ place })}
          onCourse={(course) => change({ course })}
          onLive={(kind) => ask(openLive(kind).then((source) => ({ live: source })))}
          onVideo={(file) => ask(VideoFile.open(file).then((video) => ({ video, name: file.name })))}
          onPicture={showPicture}
        />
      )}
      {page.name === 'consent' && (
        <ConsentStep
          source={page.source}
          expressionsOn={decision.on}
          aggregateOnly={settings.aggregateOnly}
          totalsRequired={!settings.confirmed}
          onStart={start}
          onCancel={() => show(START)}
        />
      )}
      {page.name === 'live' && live.watching && live.view && (
        <LivePage
          watching={live.watching}
          view={live.view}
          problem={problem}
          expressionsOn={live.expressionsOn}
          aggregateOnly={live.aggregateOnly}
          onStop={live.stop}
          onReopen={live.reopen}
        />
      )}
    </>
  );
}

/** The settings, and the language and colours that follow from them. */
function useSettings() {
  const [state, setState] = useState(() => ({ settings: loadSettings(), isKept: true }));
  const { settings, isKept } = state;
  const shown = useLanguage(settings.language);
  useEffect(() => {
    document.documentElement.lang = shown;
    document.documentElement.dataset['theme'] = settings.theme;
  }, [shown, settings.theme]);
  useEffect(() => followSettings((changed) => setState({ settings: changed, isKept: true })), []);
  const change = (more: Partial<Settings>) => {
    setState(changeSettings(state, more));
  };
  return { settings, isKept, change };
}

/** Loads the chosen language and draws the page in it. Returns the code of the language that is shown. */
function useLanguage(choice: Settings['language']): LanguageCode {
  const [shown, setShown] = useState(currentLanguage().code);
  const wanted = pickLanguage(choice, navigator.language);
  useEffect(() => {
    let isStale = false;
    void loadLanguage(wanted).then((language) => {
      if (isStale) return;
      setLanguage(language);
      setShown(language.code);
    });
    return () => {
      isStale = true;
    };
  }, [wanted]);
  return shown;
}

type StartOptions = Pick<
  ConstructorParameters<typeof Watching>[0],
  'source' | 'reader' | 'decision' | 'aggregateOnly' | 'course'
>;

/** The session that runs, from the consent to its end. */
function useWatching(store: SessionStore, setPage: (page: Page) => void, setProblem: (problem: string | null) => void) {
  const [watching, setWatching] = useState<Watching | null>(null);
  const [view, setView] = useState<LiveView | null>(null);
  const newest = useRef<LiveView | null>(null);
  const options = useRef<StartOptions | null>(null);
  const end = (problem: string | null) => {
    const id = watching?.session.id ?? null;
    setWatching(null);
    setPage(problem === null && id !== null ? { name: 'lesson', id } : START);
    setProblem(problem);
  };
  const show = (next: LiveView) => {
    newest.current = next;
    setView(next);
  };
  const start = (chosen: StartOptions) => {
    options.current = chosen;
    const begun = new Watching({
      ...chosen,
      store,
      onChange: show,
      onFault: (reason, isStored) => {
        end(describeFault(reason, isStored, newest.current?.trouble ?? null));
      },
    });
    setWatching(begun);
    show(begun.session.view); // not that of the lesson before, while the networks are loaded
    setPage({ name: 'live' });
    begun.start().catch((error: unknown) => {
      void begun.stop();
      end(explainCapture(error).message);
    });
  };
  const stop = () => {
    void watching?.stop().then((isStored) => {
      end(isStored ? null : describeLoss(newest.current?.trouble ?? null));
    });
  };
  const reopen = () => {
    const source = options.current?.source;
    const kind: LiveKind = source && 'live' in source && source.live.watched === 'room' ? 'camera' : 'screen';
    setProblem(null);
    watching?.reopen(kind).catch((error: unknown) => {
      setProblem(explainCapture(error).message);
    });
  };
  useLeaveGuard(watching !== null);
  useEffect(() => (watching === null ? undefined : keepAwake()), [watching]);
  const expressionsOn = options.current?.decision.on ?? false;
  return { watching, view, start, stop, reopen, expressionsOn, aggregateOnly: options.current?.aggregateOnly ?? true };
}

/** Asks before the page is closed in mid-lesson. What was stored stays, whatever the answer. */
function useLeaveGuard(isActive: boolean): void {
  useEffect(() => {
    if (!isActive) return;
    const ask = (event: BeforeUnloadEvent) => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, [isActive]);
}

/** Ends what a crash left open, and says so. */
function useCrashed(store: SessionStore, setProblem: (problem: string) => void): void {
  useEffect(() => {
    store.closeInterrupted(isLocked).then(
      (crashed) => {
        if (crashed.length > 0) setProblem(tr('The last lesson was interrupted. Everything up to then is saved.'));
      },
      () => {
        setProblem(tr('This browser keeps no lessons, as in a private window.'));
      },
    );
  }, [store]); // eslint-disable-line react-hooks/exhaustive-deps -- once, at the start
}
