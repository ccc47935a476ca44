/** One picture, read once: faces and, where the law allows it, their expressions. Nothing is stored. */
import { useEffect, useRef, useState } from 'preact/hooks';

import { readPicture } from '../capture/files';
import { explainCapture } from '../capture/problems';
import type { Frame, FrameResult } from '../engine/types';
import { meanReading } from '../engagement/expressions';
import { engineOptions, FrameReader } from '../live/reader_client';
import { tr, trCount } from '../texts/tr';
import { Banner, MoodBars, Title } from './parts';
import { Boxes } from './preview';

interface Read {
  readonly frame: Frame;
  readonly result: FrameResult;
}

export function PicturePage({
  file,
  expressionsOn,
  onClose,
}: {
  file: File;
  expressionsOn: boolean;
  onClose: () => void;
}) {
  const [read, setRead] = useState<Read | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    analysePicture(file, expressionsOn).then(
      (done) => {
        if (!isGone) setRead(done);
      },
      (error: unknown) => {
        if (!isGone) setProblem(error instanceof Error ? error.message : explainCapture(error).message);
      },
    );
    return () => {
      isGone = true;
    };
  }, [file, expressionsOn]);
  const faces = read?.result.faces ?? [];
  const mean = meanReading(faces.map((face) => face.probabilities).filter((each) => each !== null));
  return (
    <main>
      <Title>{read ? trCount('{n} face', '{n} faces', faces.length) : tr('One moment…')}</Title>
      {problem && <Banner kind="danger">{problem}</Banner>}
      {read && <DrawnPicture {...read} />}
      {mean && (
        <section class="card">
          <h2>{tr('All faces together')}</h2>
          <MoodBars probabilities={mean} label={tr('All faces together')} />
        </section>
      )}
      <div class="row">
        <button class="primary" onClick={onClose}>
          {tr('Back')}
        </button>
      </div>
    </main>
  );
}

function DrawnPicture({ frame, result }: Read) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const data = Uint8ClampedArray.from(frame.data);
    context?.putImageData(new ImageData(data, frame.width, frame.height), 0, 0);
  }, [frame]);
  return (
    <div class="preview">
      <canvas ref={canvas} width={frame.width} height={frame.height} role="img" aria-label={tr('The picture')} />
      <Boxes result={result} />
    </div>
  );
}

/** Throws `CaptureProblem`, and an `Error` where the networks fail. */
async function analysePicture(file: File, expressionsOn: boolean): Promise<Read> {
  const frame = await readPicture(file);
  const results: FrameResult[] = [];
  const failures: string[] = [];
  const reader = await FrameReader.load(engineOptions(expressionsOn, false));
  reader.listen({
    onResult: (result) => results.push(result),
    onFailed: (reason) => failures.push(reason),
  });
  try {
    await reader.read({ ...frame, data: Uint8ClampedArray.from(frame.data) });
  } finally {
    reader.close();
  }
  const result = results[0];
  if (!result) throw new Error(failures[0] ?? tr('Stopped by a problem'));
  return { frame, result };
}
