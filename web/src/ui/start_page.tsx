/** Choose what to watch. */
import { useRef, useState } from 'preact/hooks';

import { CaptureProblem } from '../capture/problems';
import { canShareScreen, type LiveKind } from '../capture/sources';
import { canRun } from '../capture/support';
import type { ExpressionDecision } from '../policy/expressions';
import { tr } from '../texts/tr';
import { Banner, Title } from './parts';
import { PlacePicker } from './place_picker';
import { explainExpressionsOff } from './words';

interface StartProps {
  readonly decision: ExpressionDecision;
  readonly place: string | null;
  readonly course: string;
  readonly problem: string | null;
  readonly onPlace: (place: string | null) => void;
  readonly onCourse: (course: string) => void;
  readonly onLive: (kind: LiveKind) => void;
  readonly onVideo: (file: File) => void;
  readonly onPicture: (file: File) => void;
}

export function StartPage(props: StartProps) {
  const { decision, problem } = props;
  const off = explainExpressionsOff(decision);
  const [isPlaceOpen, setPlaceOpen] = useState(false);
  return (
    <main>
      <Title>{tr('Choose what to watch')}</Title>
      {!canRun() && <Banner kind="danger">{new CaptureProblem('old_browser').message}</Banner>}
      {problem && <Banner kind="danger">{problem}</Banner>}
      {off && (
        <Banner action={tr('Country…')} onAction={() => setPlaceOpen(true)}>
          {off}
        </Banner>
      )}
      {isPlaceOpen && <PlacePicker place={props.place} onPlace={props.onPlace} />}
      <p class="muted">{tr('First open your call and show everyone in gallery view.')}</p>
      <Choices {...props} />
      <label class="field">
        <span>{tr('Course (optional)')}</span>
        <input
          value={props.course}
          maxLength={200}
          autocomplete="off"
          onChange={(event) => {
            props.onCourse(event.currentTarget.value.trim());
          }}
        />
      </label>
      <p class="muted small">
        {tr('Everything is read and kept in this browser. No picture is saved, and nothing is sent anywhere.')}
      </p>
    </main>
  );
}

function Choices({ onLive, onVideo, onPicture }: StartProps) {
  return (
    <div class="choices">
      {canShareScreen() && (
        <button class="choice" onClick={() => onLive('screen')}>
          {tr('A call')}
          <span>{tr('A tab, a window or a screen with your call')}</span>
        </button>
      )}
      <button class="choice" onClick={() => onLive('camera')}>
        {tr('A camera')}
        <span>{tr('For a class in this room')}</span>
      </button>
      <FileChoice title={tr('A recording')} about={tr('A video file of a lesson')} accept="video/*" onFile={onVideo} />
      <FileChoice
        title={tr('A picture')}
        about={tr('Read once, nothing is saved')}
        accept="image/*"
        onFile={onPicture}
      />
    </div>
  );
}

function FileChoice(props: { title: string; about: string; accept: string; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button class="choice" onClick={() => input.current?.click()}>
        {props.title}
        <span>{props.about}</span>
      </button>
      <input
        ref={input}
        type="file"
        accept={props.accept}
        aria-label={props.title}
        tabIndex={-1}
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) props.onFile(file);
        }}
      />
    </>
  );
}
