/** The settings: place, class totals, age of sessions, language, theme. */
import type { Settings } from '../settings';
import { LANGUAGES } from '../texts/language';
import { tr } from '../texts/tr';
import { Banner, Tick, Title } from './parts';
import { PlacePicker } from './place_picker';

const AGES_DAYS = [7, 30, 90, 180, 365];

export function SettingsPage(props: {
  settings: Settings;
  isKept: boolean;
  onChange: (more: Partial<Settings>) => void;
}) {
  const { settings, isKept, onChange: change } = props;
  return (
    <main>
      <Title>{tr('Settings')}</Title>
      {!settings.confirmed && (
        <Banner kind="warning" action={tr('They are right')} onAction={() => change({ confirmed: true })}>
          {tr('Your settings were damaged. Check them here: until then expressions are off.')}
        </Banner>
      )}
      {!isKept && (
        <Banner kind="warning">
          {tr('This browser keeps no settings, as in a private window: they end with it.')}
        </Banner>
      )}
      <PlacePicker place={settings.place} onPlace={(place) => change({ place })} />
      <Tick checked={settings.aggregateOnly} onChange={(aggregateOnly) => change({ aggregateOnly })}>
        {tr('Class totals only: no individual students are listed or saved')}
      </Tick>
      <Choice
        title={tr('Delete lessons that are older than')}
        value={String(settings.retentionDays ?? '')}
        options={[
          ['', tr('keep all')],
          ...AGES_DAYS.map((days): [string, string] => [String(days), tr('{days} days', { days })]),
        ]}
        onValue={(value) => change({ retentionDays: value === '' ? null : Number(value) })}
      />
      <Choice
        title={tr('Language')}
        value={settings.language}
        options={[
          ['system', tr('As the browser')],
          ...Object.entries(LANGUAGES).map(([code, { name }]): [string, string] => [code, name]),
        ]}
        onValue={(value) => change({ language: value as Settings['language'] })}
      />
      <Choice
        title={tr('Colours')}
        value={settings.theme}
        options={[
          ['system', tr('As the browser')],
          ['light', tr('Light')],
          ['dark', tr('Dark')],
        ]}
        onValue={(value) => change({ theme: value as Settings['theme'] })}
      />
    </main>
  );
}

function Choice(props: {
  title: string;
  value: string;
  options: [string, string][];
  onValue: (value: string) => void;
}) {
  return (
    <label class="field">
      <span>{props.title}</span>
      <select
        value={props.value}
        onChange={(event) => {
          props.onValue(event.currentTarget.value);
        }}
      >
        {props.options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
