/** The lessons that this browser keeps. */
import { useEffect, useState } from 'preact/hooks';

import type { StoredSession } from '../sessions/schema';
import type { SessionStore } from '../sessions/store';
import { currentLanguage, tr, trCount } from '../texts/tr';
import { useConfirmDialog } from './confirm_dialog';
import { Banner, Title } from './parts';

interface LessonsProps {
  readonly store: SessionStore;
  readonly retentionDays: number | null;
  readonly onOpen: (id: number) => void;
}

export function LessonsPage({ store, retentionDays, onOpen }: LessonsProps) {
  const [lessons, setLessons] = useState<StoredSession[] | null>(null);
  const [expired, setExpired] = useState<StoredSession[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const read = async () => {
    setLessons(await store.list());
    setExpired(retentionDays === null ? [] : await store.listExpired(retentionDays, new Date()));
  };
  useEffect(() => {
    read().catch(() => {
      setProblem(tr('This browser keeps no lessons, as in a private window.'));
    });
  }, [store, retentionDays]); // eslint-disable-line react-hooks/exhaustive-deps -- `read` is new each time
  const purge = async () => {
    setProblem(null);
    try {
      for (const lesson of expired) await store.delete(lesson.id);
    } catch {
      setProblem(tr('The browser did not store this change. Try again.'));
    }
    await read();
  };
  const { ask, dialog } = useConfirmDialog();
  const askToPurge = () =>
    ask({
      title: trCount('Delete {n} old lesson?', 'Delete {n} old lessons?', expired.length),
      action: tr('Delete for good'),
      onConfirm: () => void purge(),
    });
  return (
    <main>
      <Title>{tr('Lessons')}</Title>
      {problem && <Banner kind="danger">{problem}</Banner>}
      {expired.length > 0 && (
        <Banner action={tr('Delete…')} onAction={askToPurge}>
          {trCount('{n} lesson is older than {days} days.', '{n} lessons are older than {days} days.', expired.length, {
            days: retentionDays ?? 0,
          })}
        </Banner>
      )}
      {dialog}
      {lessons?.length === 0 && <p class="muted">{tr('No lessons yet. Choose what to watch to record the first.')}</p>}
      <div class="choices">
        {lessons?.map((lesson) => (
          <button key={lesson.id} class="choice" onClick={() => onOpen(lesson.id)}>
            {lesson.course || tr(lesson.source)}
            <span>{describeLesson(lesson)}</span>
          </button>
        ))}
      </div>
      <p class="muted small">
        {tr('The browser may delete lessons when it runs out of room. Export those that you want to keep.')}
      </p>
    </main>
  );
}

function describeLesson(lesson: StoredSession): string {
  const language = currentLanguage();
  const parts = [language.dayAndTime(new Date(lesson.startedAt)), language.duration(lesson.seconds)];
  if (!lesson.ended) parts.push(tr('being recorded'));
  else if (lesson.interrupted) parts.push(tr('interrupted'));
  if (lesson.aggregateOnly) parts.push(tr('class totals'));
  return parts.join(' · ');
}
