/** Who is who: the picture that is watched, with a box around every face. Nothing of it is kept. */
import { useEffect, useRef } from 'preact/hooks';

import type { FrameResult } from '../engine/types';
import { tr } from '../texts/tr';
import { labelStudent } from './words';

/** Boxes and labels over a picture of any size. */
export function Boxes({ result }: { result: FrameResult }) {
  const size = Math.max(12, Math.round(result.width / 60));
  return (
    <svg viewBox={`0 0 ${result.width} ${result.height}`} aria-hidden="true">
      {result.faces.map(({ face, student }, index) => (
        <g key={index}>
          <rect x={face.box.x} y={face.box.y} width={face.box.width} height={face.box.height} />
          <text x={face.box.x} y={Math.max(size, face.box.y - 6)} font-size={size}>
            {student === null ? '' : labelStudent(student)}
          </text>
        </g>
      ))}
    </svg>
  );
}

export function Preview({ stream, result }: { stream: MediaStream; result: FrameResult | null }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream;
    void video.current.play().catch(() => undefined); // refused where the page is hidden; it plays once it is shown
  }, [stream]);
  return (
    <div class="preview">
      <video ref={video} muted playsInline aria-label={tr('Picture of the call with a box around every face')} />
      {result && <Boxes result={result} />}
    </div>
  );
}
