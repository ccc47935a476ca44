/** One lesson: timeline, moments, students, export, delete. */
import { useEffect, useMemo, useState } from 'preact/hooks';

import { moodOf } from '../engagement/expressions';
import { distinguishNames } from '../policy/names';
import { exportCsv } from '../sessions/export_csv';
import { exportJson } from '../sessions/export_json';
import { meanMood, type SessionContent, type SessionStore } from '../sessions/store';
import { summariseStudents, type StudentSummary } from '../sessions/summary';
import { formatClock } from '../texts/language';
import { currentLanguage, tr } from '../texts/tr';
import { Chart } from './chart';
import { useConfirmDialog } from './confirm_dialog';
import { useRenameDialog } from './rename_dialog';
import { saveFile } from './save_file';
import { Banner, Title } from './parts';
import { describeEvent, describeMood, formatShare, labelStudent, type Labels } from './words';

interface LessonProps {
  readonly store: SessionStore;
  readonly id: number;
  readonly onClose: () => void;
}

export function LessonPage({ store, id, onClose }: LessonProps) {
  const [content, setContent] = useState<SessionContent | null>(null);
  const [isGone, setGone] = useState(false);
  const [hasFailed, setFailed] = useState(false);
  const read = () =>
    store.read(id).then(
      (found) => {
        setContent(found);
        setGone(found === null);
      },
      () => {
        setGone(true);
      },
    );
  useEffect(() => {
    void read();
  }, [store, id]); // eslint-disable-line react-hooks/exhaustive-deps -- `read` is new each time
  /** Afterwards the lesson is read again, or left. */
  const change = (done: Promise<void>, after: () => unknown = read) => {
    setFailed(false);
    done.then(after, () => {
      setFailed(true);
    });
  };
  if (isGone) {
    return (
      <main>
        <Title>{tr('Lessons')}</Title>
        <Banner kind="warning">{tr('This lesson is not in this browser any more.')}</Banner>
      </main>
    );
  }
  if (!content) return <main aria-busy="true" />;
  return (
    <main>
      <Head content={content} />
      {hasFailed && <Banner kind="danger">{tr('The browser did not store this change. Try again.')}</Banner>}
      <Timeline content={content} />
      <Moments content={content} />
      {!content.session.aggregateOnly && (
        <Students
          content={content}
          onErase={(student) => change(store.eraseStudent(id, student))}
          onRename={(student, name) => change(store.renameStudent(id, student, name))}
        />
      )}
      <Files content={content} onDelete={() => change(store.delete(id), onClose)} />
    </main>
  );
}

function Head({ content }: { content: SessionContent }) {
  const { session, moods } = content;
  const language = currentLanguage();
  const mean = meanMood(moods);
  const parts = [
    language.dayAndTime(new Date(session.startedAt)),
    language.duration(session.seconds),
    tr(session.source),
    ...(mean === null ? [] : [tr('mood {mood}', { mood: describeMood(mean) })]),
  ];
  return (
    <>
      <Title>{session.course || tr('Lesson')}</Title>
      <p class="muted">{parts.join(' · ')}</p>
      {session.interrupted && (
        <Banner kind="warning">{tr('This lesson was interrupted. Everything up to then is saved.')}</Banner>
      )}
    </>
  );
}

function Timeline({ content: { moods, session } }: { content: SessionContent }) {
  const seconds = useMemo(() => moods.map((row) => row.second), [moods]);
  const mood = useMemo(
    () => [
      {
        name: tr('Class mood'),
        colour: 'accent',
        values: moods.map((row) => row.probabilities && moodOf(row.probabilities) / 10_000),
      },
    ],
    [moods],
  );
  const most = moods.reduce((largest, row) => Math.max(largest, row.students), 1);
  const presence = useMemo(
    () => [
      { name: tr('visible'), colour: 'good', values: moods.map((row) => row.people) },
      { name: tr('camera on'), colour: 'muted', dash: [6, 4], values: moods.map((row) => row.camerasOn) },
    ],
    [moods],
  );
  const people = moods.length > 0 ? Math.round(moods.reduce((sum, row) => sum + row.people, 0) / moods.length) : 0;
  return (
    <section class="card">
      <h2>{tr('Over the lesson')}</h2>
      {session.expressionsOn && (
        <Chart
          seconds={seconds}
          lines={mood}
          range={[-1, 1]}
          summary={tr('Class mood over the lesson: {mood} overall', { mood: describeMood(meanMood(moods)) })}
        />
      )}
      <Chart
        seconds={seconds}
        lines={presence}
        range={[0, most + 1]}
        summary={tr('{people} of {total} visible overall', { people, total: most })}
      />
    </section>
  );
}

function labelsOf({ session }: SessionContent): Labels {
  return distinguishNames(session.names ?? new Map());
}

function Moments({ content }: { content: SessionContent }) {
  const { events } = content;
  const labels = labelsOf(content);
  return (
    <section class="card">
      <h2>{tr('Moments')}</h2>
      {events.length === 0 && <p class="muted">{tr('No bookmarks, flags or gaps.')}</p>}
      <ol class="moments">
        {events.map((event) => (
          <li key={event.id}>
            <span class="muted">{formatClock(event.second)}</span>
            <span>{describeEvent(event, labels)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface StudentsProps {
  readonly content: SessionContent;
  readonly onErase: (student: number) => void;
  readonly onRename: (student: number, name: string) => void;
}

function Students({ content, onErase, onRename }: StudentsProps) {
  const students = useMemo(() => summariseStudents(content), [content]);
  const labels = labelsOf(content);
  const { ended } = content.session;
  const renaming = useRenameDialog(onRename);
  const erasing = useConfirmDialog();
  return (
    <section class="card">
      <h2>{tr('Students')}</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label={tr('Students')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{tr('Student')}</th>
              <th scope="col">{tr('In view')}</th>
              <th scope="col">{tr('Camera on')}</th>
              <th scope="col" title={tr('Face seen: share of the time in view')}>
                {tr('Face')}
              </th>
              <th scope="col">{tr('Flags')}</th>
              <th scope="col">{tr('Rename')}</th>
              <th scope="col">{tr('Erase')}</th>
            </tr>
          </thead>
          <tbody>
            {students.map((each) => {
              const { student, name } = each;
              const who = labelStudent(student, labels);
              const rename = () => renaming.ask({ student, who, name: name ?? '' });
              const erase = () =>
                erasing.ask({
                  title: tr('Erase {who} from this lesson?', { who }),
                  action: tr('Erase for good'),
                  onConfirm: () => onErase(student),
                });
              return (
                <StudentRow key={student} summary={each} who={who} ended={ended} onErase={erase} onRename={rename} />
              );
            })}
          </tbody>
        </table>
      </div>
      {renaming.dialog}
      {erasing.dialog}
    </section>
  );
}

interface RowProps {
  readonly summary: StudentSummary;
  readonly who: string;
  /** False while the lesson is recorded: what was erased would come back with the next second. */
  readonly ended: boolean;
  readonly onErase: () => void;
  readonly onRename: () => void;
}

function StudentRow({ summary, who, ended, onErase, onRename }: RowProps) {
  const { excluded, tileSeconds, cameraOnSeconds, faceSeconds, flags } = summary;
  const language = currentLanguage();
  return (
    <tr>
      <th scope="row">{who}</th>
      <td>{excluded ? tr('excluded') : language.duration(tileSeconds)}</td>
      <td>{excluded ? '' : language.duration(cameraOnSeconds)}</td>
      <td>{excluded ? '' : formatShare(faceSeconds, tileSeconds)}</td>
      <td>{flags}</td>
      <td>
        <button disabled={!ended} onClick={onRename}>
          {tr('Rename…')}
          <span class="hidden-label"> {who}</span>
        </button>
      </td>
      <td>
        <button class="danger" disabled={!ended} onClick={onErase}>
          {tr('Erase…')}
          <span class="hidden-label"> {who}</span>
        </button>
      </td>
    </tr>
  );
}

function Files({ content, onDelete }: { content: SessionContent; onDelete: () => void }) {
  const { ask, dialog } = useConfirmDialog();
  const remove = () => ask({ title: tr('Delete this lesson?'), action: tr('Delete for good'), onConfirm: onDelete });
  const name = `lesson-${content.session.startedAt.slice(0, 10)}-${content.session.id}`;
  return (
    <section class="card">
      <h2>{tr('Export')}</h2>
      <p class="muted small">{tr('Spreadsheets open the CSV file. FER Desktop imports the JSON file.')}</p>
      <div class="row">
        <button onClick={() => saveFile(`${name}.json`, 'application/json', exportJson(content))}>JSON</button>
        <button onClick={() => saveFile(`${name}.csv`, 'text/csv', exportCsv(content))}>CSV</button>
      </div>
      <div class="row">
        <button class="danger" disabled={!content.session.ended} onClick={remove}>
          {tr('Delete this lesson…')}
        </button>
      </div>
      {dialog}
    </section>
  );
}
