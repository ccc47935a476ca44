/** Who is who: the picture that is watched, with a box around every face. Nothing of it is kept. */
import { useEffect, useRef, useState } from 'preact/hooks';

import type { Observation } from '../engagement/types';
import type { Box, FrameResult } from '../engine/types';
import type { Followed } from '../live/reader_client';
import type { Watching } from '../live/watching';
import { distinguishNames } from '../policy/names';
import { tr } from '../texts/tr';
import { labelStudent, type Labels } from './words';

interface BoxesProps {
  readonly result: FrameResult;
  readonly followed?: readonly Box[];
  readonly labels?: Labels;
}

/** Boxes and labels over a picture of any size. `followed`: where the faces are now, in the result's order. */
export function Boxes({ result, followed = [], labels }: BoxesProps) {
  const size = Math.max(12, Math.round(result.width / 60));
  return (
    <svg viewBox={`0 0 ${result.width} ${result.height}`} aria-hidden="true">
      {result.faces.map(({ face, student }, index) => {
        const { x, y, width, height } = followed[index] ?? face.box;
        return (
          <g key={index}>
            <rect x={x} y={y} width={width} height={height} />
            <text x={x} y={Math.max(size, y - 6)} font-size={size}>
              {student === null ? '' : labelStudent(student, labels)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

interface PreviewProps {
  readonly watching: Watching;
  readonly stream: MediaStream;
  readonly observation: Observation | null;
}

export function Preview({ watching, stream, observation }: PreviewProps) {
  const result = observation?.result ?? null;
  const followed = useFollowed(watching, result);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    void video.current.play().catch(() => undefined); // refused where the page is hidden; it plays once it is shown
  }, [stream]);
  return (
    <div class="preview">
      <video ref={video} muted playsInline aria-label={tr('Picture of the call with a box around every face')} />
      {observation && (
        <Boxes result={observation.result} followed={followed} labels={distinguishNames(observation.names)} />
      )}
    </div>
  );
}

/** Where the faces of the result are by now. The page as a whole is drawn with each result only. */
function useFollowed(watching: Watching, result: FrameResult | null): readonly Box[] {
  const [moved, setMoved] = useState<Followed | null>(null);
  useEffect(() => {
    watching.follow(setMoved);
    return () => watching.follow(null);
  }, [watching]);
  return moved && moved.result === result ? moved.boxes : [];
}
