/** Where the class is: its law decides whether expressions are read. */
import { PLACE_CODES } from '../policy/place';
import { currentLanguage, tr } from '../texts/tr';

export function PlacePicker({ place, onPlace }: { place: string | null; onPlace: (place: string | null) => void }) {
  const language = currentLanguage();
  const names = PLACE_CODES.map((code) => ({ code, name: language.placeName(code) }));
  names.sort((one, other) => one.name.localeCompare(other.name, language.code));
  return (
    <label class="field">
      <span>{tr('Where is the class?')}</span>
      <select
        value={place ?? ''}
        onChange={(event) => {
          onPlace(event.currentTarget.value || null);
        }}
      >
        <option value="">{tr('not known')}</option>
        {names.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
