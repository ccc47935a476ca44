/** The kinds of work on one frame that workers share: what each asks, and what it answers. All of it is plain data. */
import type { Box, FaceCues } from '../types';
import type { RawFace } from '../faces/blazeface';
import type { HeadFound, HeadSearch } from '../faces/head_search';
import type { PersonSighting } from '../people/sighting';

/** `cues`: null where there is no face, where it is too small, and where expressions are off. `isCovered`: a mask. */
export interface FaceCheck {
  readonly presence: number;
  readonly cues: FaceCues | null;
  readonly isCovered: boolean;
}

export interface Jobs {
  /** The faces in a window, in pixels of the frame. */
  find: { ask: Box; answer: RawFace[] };
  /** The faces in two windows, by one run of the network. */
  pair: { ask: readonly [Box, Box]; answer: [RawFace[], RawFace[]] };
  /** Face presence and cues of a detection. */
  check: { ask: RawFace; answer: FaceCheck };
  /** Whether a part of the frame shows a verified face. */
  probe: { ask: Box; answer: boolean };
  /** The face at a person's head. */
  look: { ask: HeadSearch; answer: HeadFound };
  /** The expression of a face, by its keypoints: seven probabilities. */
  read: { ask: Float32Array; answer: Float32Array };
  /** How much of a person a tile shows. */
  person: { ask: Box; answer: PersonSighting };
}

export type Kind = keyof Jobs;
export type Ask<K extends Kind> = Jobs[K]['ask'];
export type Answer<K extends Kind> = Jobs[K]['answer'];
