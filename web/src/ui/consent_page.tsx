/** The text for the class: nothing is watched before the teacher has confirmed that the class is informed. */
import { useState } from 'preact/hooks';

import { consentText, type Watched } from '../policy/consent';
import { currentLanguage, tr } from '../texts/tr';
import { Tick, Title } from './parts';

interface ConsentProps {
  readonly watched: Watched;
  readonly expressionsOn: boolean;
  readonly aggregateOnly: boolean;
  /** Only class totals may be stored while the settings are not confirmed. */
  readonly totalsRequired: boolean;
  readonly onStart: (aggregateOnly: boolean) => void;
  readonly onCancel: () => void;
}

export function ConsentPage(props: ConsentProps) {
  const { watched, expressionsOn, totalsRequired } = props;
  const [aggregateOnly, setAggregateOnly] = useState(props.aggregateOnly || totalsRequired);
  const [isInformed, setInformed] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const live = watched !== 'recording';
  const text = consentText({ expressionsOn, individuals: !aggregateOnly, watched }, currentLanguage());
  const changeTotals = (only: boolean) => {
    setAggregateOnly(only || totalsRequired);
    setInformed(false); // the text has changed
    setCopied(false);
  };
  return (
    <main>
      <Title>{live ? tr('Tell the class') : tr('Before you watch a recording')}</Title>
      <p class="muted">
        {live ? tr('Read this out, or paste it into the chat.') : tr('The people in it should know this.')}
      </p>
      <div class="consent" aria-label={tr('What to tell the class')} role="region">
        {text.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <div class="row">
        <button
          onClick={() => {
            void navigator.clipboard.writeText(text.join('\n\n')).then(() => {
              setCopied(true);
            });
          }}
        >
          {isCopied ? tr('Copied') : tr('Copy the text')}
        </button>
      </div>
      <Tick checked={aggregateOnly} onChange={changeTotals}>
        {tr('Class totals only: no individual students are listed or saved')}
      </Tick>
      <Tick checked={isInformed} onChange={setInformed}>
        {live ? tr('I have told the class') : tr('The people in this recording know this and agree')}
      </Tick>
      <div class="row">
        <button class="primary" disabled={!isInformed} onClick={() => props.onStart(aggregateOnly)}>
          {tr('Start')}
        </button>
        <button onClick={props.onCancel}>{tr('Cancel')}</button>
      </div>
    </main>
  );
}
