/**
 * The constants of identity, in groups that are tuned together on the desktop's rendered lessons. As
 * `identity/config.py`, without those of names.
 */

/** Costs of the assignment of tiles to students. Costs and distances are 0 (the same) to 1. */
export const MATCHING = {
  /** Above it the tile shows another student. An unknown appearance at the old position costs .35. */
  maxCost: 0.5,
  appearanceWeight: 0.7,
  positionWeight: 0.3,
  /** Below it, two pictures of cameras show the same room. */
  sameAppearance: 0.3,
  /** Below it, two cards are the same: they differ in their few letters only. */
  sameCard: 0.1,
  samePosition: 0.1,
} as const;

/** Thresholds of the tracker, in frames at about five a second. */
export const TRACKER = {
  /** Frames in which a newcomer must be seen: pop-ups and half-drawn frames pass within a frame or two. */
  confirmFrames: 3,
  /** For a second face in a tile: a passer-by, or a picture on the wall once taken for a face, is no student. */
  confirmFramesBeside: 50,
  /** Of the frames in which a newcomer was seen, how many may pass in a row without them. */
  maxMissedShare: 0.1,
  /** Above it, two boxes of successive frames are one place in the window. */
  sameBoxIou: 0.5,
  /** Of the students shown, how many vanish together when the call shows another page or view... */
  turnedPageShare: 0.3,
  /** ...which are at least so many... */
  turnedPageStudents: 3,
  /** ...within so many frames. */
  turnedPageFrames: 15,
  /** Ratio of widths from which a tile of the same appearance is a second view: the speaker, shown large. */
  enlargedSize: 1.5,
  /** Face widths that a face without a tile may move between frames. */
  maxFaceShift: 1,
  /** ...and how many times as large, or as small, it may become; from there on it is another face. */
  maxFaceGrowth: 1.5,
  /** Who had a tile so shortly before the newest tiles may be an untiled face that is seen where theirs was... */
  recallFrames: 15,
  /** ...unless the tiles have become larger or smaller than by this ratio: then the view is another one. */
  sameTileSize: 1.25,
  /** Once so many have had tiles, one face alone without any tile is whoever speaks, shown large. */
  speakerStudents: 3,
} as const;

/** Who was in view only briefly, at the end of a session; in seconds. */
export const SETTLING = {
  /** Numbers that were in view for less are looked at. */
  briefS: 60,
  /** For so long one student may have had two tiles while the layout changed... */
  mostSharedS: 1,
  /** ...and for so long where look and place both say that the two are one. */
  mostSharedWhereSureS: 2,
  /** From one tile of a student to the next: a camera goes off, a tile moves, the layout is found again. */
  longestTurnS: 3,
  /** Who is in view for less, without a name of their own, is not counted as a visitor. */
  shortestVisitS: 15,
} as const;
