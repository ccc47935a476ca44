/** From the choice of a source to the start of the lesson. The networks load while the class is being informed. */
import { useEffect, useRef } from 'preact/hooks';

import { engineOptions, FrameReader } from '../live/reader_client';
import { closeSource, type Source } from '../live/watching';
import { ConsentPage } from './consent_page';

interface StepProps {
  readonly source: Source;
  readonly expressionsOn: boolean;
  readonly aggregateOnly: boolean;
  readonly totalsRequired: boolean;
  readonly onStart: (aggregateOnly: boolean, reader: Promise<FrameReader>) => void;
  readonly onCancel: () => void;
}

export function ConsentStep({ source, onStart, ...shown }: StepProps) {
  const start = usePrepared(source, shown.expressionsOn);
  // Another tab may change the settings: whoever has confirmed one text has not confirmed the other.
  const asked = [shown.expressionsOn, shown.aggregateOnly, shown.totalsRequired].join();
  return (
    <ConsentPage
      key={asked}
      {...shown}
      watched={'live' in source ? source.live.watched : 'recording'}
      onStart={(aggregateOnly) => onStart(aggregateOnly, start())}
    />
  );
}

/** Hands out a reader that is being loaded. Where the page is left without it, however that is, all is closed. */
function usePrepared(source: Source, expressionsOn: boolean): () => Promise<FrameReader> {
  const loading = useRef<Promise<FrameReader> | null>(null);
  const isStarted = useRef(false);
  useEffect(() => {
    const reader = FrameReader.load(engineOptions(expressionsOn, 'live' in source));
    reader.catch(() => undefined); // whoever starts the lesson is the one who is shown why
    loading.current = reader;
    return () => {
      if (isStarted.current) return;
      void reader.then(
        (loaded) => loaded.close(),
        () => undefined,
      );
    };
  }, [source, expressionsOn]);
  useEffect(
    () => () => {
      if (!isStarted.current) closeSource(source);
    },
    [source],
  );
  return () => {
    isStarted.current = true;
    return loading.current ?? FrameReader.load(engineOptions(expressionsOn, 'live' in source));
  };
}
