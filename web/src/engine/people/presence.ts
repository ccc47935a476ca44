/** The presence in each tile of a frame, from the layout, the faces and the people. As `people/presence.py`. */
import { roundHalfEven } from '../numbers';
import type { FaceDetection, PresenceReading, Tile, TilePresence } from '../types';
import type { PersonSeen } from './people_finder';

const NOT_SHOWN = reading('not_shown', 'presence.tile_covered');
const CAMERA_OFF = reading('camera_off', 'presence.card_seen');
const FACE = reading('face', 'presence.face_seen');
const EMPTY = reading('empty', 'presence.nobody_seen');
const UNCHECKED = reading('unreadable', 'presence.not_checked');
const MOTION = reading('unreadable', 'presence.motion_seen');

/** One reading a tile. `people`: by the tile's index. `notShown`: indices of the tiles of excluded students. */
export function readPresences(
  tiles: readonly Tile[],
  faces: readonly FaceDetection[],
  people: ReadonlyMap<number, PersonSeen>,
  notShown: ReadonlySet<number>,
): PresenceReading[] {
  const byTile = findFaces(faces);
  return tiles.map((tile, index) => {
    if (notShown.has(index)) return NOT_SHOWN;
    const face = byTile.get(index);
    if (face) return face.unreadable ?? FACE;
    return tile.cameraOn ? readPerson(people.get(index)) : CAMERA_OFF;
  });
}

/** One face a tile: one that can be read, if there is any. */
function findFaces(faces: readonly FaceDetection[]): Map<number | null, FaceDetection> {
  const readable = faces.filter((face) => face.unreadable === null);
  const unreadable = faces.filter((face) => face.unreadable !== null);
  return new Map([...unreadable, ...readable].map((face) => [face.tile, face]));
}

/** Of a tile whose camera is on, without a face. Who was not checked yet is taken to be there. */
function readPerson(person: PersonSeen | undefined): PresenceReading {
  if (!person?.isChecked) return UNCHECKED;
  if (person.isThere) {
    const evidence = { key: 'presence.person_seen', percent: roundHalfEven(100 * person.share) };
    return { presence: 'unreadable', evidence, reason: person.hiddenBy };
  }
  return person.isMoving ? MOTION : EMPTY;
}

function reading(presence: TilePresence, key: string): PresenceReading {
  return { presence, evidence: { key }, reason: null };
}
