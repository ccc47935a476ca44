/**
 * Where expressions may be read, by country. Not legal advice. The table is the desktop's: `tools/web_tables.py` writes
 * it from `fer_desktop/policy/place.py`, which names the law.
 */
import policy from '../generated/policy.json';

const EU_EEA: ReadonlySet<string> = new Set(policy.eu_eea);
const PLACES: ReadonlySet<string> = new Set(policy.places);
const PLACES_BY_ZONE: Readonly<Record<string, string>> = policy.places_by_zone;

/** All ISO 3166-1 alpha-2 codes, sorted. */
export const PLACE_CODES: readonly string[] = policy.places;

/** Whether a code is one of a place. */
export function isPlace(code: string | null): code is string {
  return code !== null && PLACES.has(code);
}

/** Whether expressions may be read at this place (ISO 3166-1 alpha-2). False for null and for an unknown code. */
export function expressionsAllowed(place: string | null): boolean {
  const code = place?.toUpperCase() ?? null;
  return isPlace(code) && !EU_EEA.has(code);
}

/** The place of a time zone such as "Europe/Berlin"; null where the zone belongs to no country, such as UTC. */
export function guessPlace(timeZone: string): string | null {
  return PLACES_BY_ZONE[timeZone] ?? null;
}
