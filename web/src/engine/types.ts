/**
 * A frame, and what the engine reads from it: tiles, faces, students. The shapes follow `fer_desktop/types` field by
 * field, so that what both programs read from one frame can be compared. All of them pass through `postMessage`.
 */

/** A rectangle in pixels of the frame: left, top, width, height. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One picture of a source, four bytes a pixel: red, green, blue, and one that is not read. */
export interface Frame {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly capturedAtS: number;
}

/** In FER2013's order, which every probability vector follows. */
export const EXPRESSIONS = ['angry', 'disgust', 'fear', 'happy', 'sad', 'surprise', 'neutral'] as const;
export type Expression = (typeof EXPRESSIONS)[number];

/** As in the desktop: `empty` is a camera that shows nobody, `not_shown` a tile that is not to be read. */
export type TilePresence = 'face' | 'unreadable' | 'empty' | 'camera_off' | 'not_shown';

/** Why the face of a person who is there cannot be read. */
export type UnreadableReason = 'turned' | 'masked' | 'cut_off' | 'too_small' | 'too_dark';

/** A key of the desktop's catalogue of texts and its arguments, as stored: `{"key": "presence.face_seen"}`. */
export interface Message {
  readonly key: string;
  readonly [argument: string]: string | number;
}

/**
 * The presence in one tile and what it rests on. `reason`: of an unreadable face, where it is known. `heldS`: for how
 * long it had held before that was known, as of a chair that was taken for a person.
 */
export interface PresenceReading {
  readonly presence: TilePresence;
  readonly evidence: Message;
  readonly reason: UnreadableReason | null;
  readonly heldS?: number;
}

/** One participant's rectangle in the call. `name`: from its label, where that was read. */
export interface Tile {
  readonly box: Box;
  readonly cameraOn: boolean;
  readonly name: string | null;
}

/** A tile, the student it shows, and who is there. `student`: null until a newcomer is confirmed. */
export interface TileReading {
  readonly tile: Tile;
  readonly student: number | null;
  readonly presence: PresenceReading;
}

/**
 * Head pose and eye opening of one face, read from its landmarks. `yawDeg`, `pitchDeg`: positive towards the right of
 * the picture and up. `eyeOpening`: height over width of the eye nearer to the camera.
 */
export interface FaceCues {
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly eyeOpening: number;
}

/**
 * One verified face. `tile` indexes the frame's tiles; null where it lies in no tile.
 *
 * `keypointsPx`: x and y, in the frame, of the eye at the left of the picture, the eye at the right, the nose tip, the
 * mouth centre. `score`: the detector's, 0 to 1. `presence`: the landmark model's face presence, 0 to 1. `cues`: null
 * for small faces, where expressions are off, and in frames in which no landmarks were read. `unreadable`: why no expression is read. `ageS`: 0 for
 * a face that was found in this frame; of one that was carried from an earlier frame, how long ago it was found.
 */
export interface FaceDetection {
  readonly box: Box;
  readonly score: number;
  readonly presence: number;
  readonly keypointsPx: Float32Array;
  readonly tile: number | null;
  readonly cues: FaceCues | null;
  readonly unreadable: PresenceReading | null;
  readonly ageS: number;
}

/**
 * A face, its student, and the probabilities of `EXPRESSIONS`; null where expressions are off, and for a face that
 * cannot be read. `student`: null until a newcomer is confirmed.
 */
export interface FaceReading {
  readonly face: FaceDetection;
  readonly student: number | null;
  readonly probabilities: Float32Array | null;
}

/** Milliseconds that each stage of one frame took. */
export interface StageTimes {
  readonly tilesMs: number;
  readonly facesMs: number;
  readonly identityMs: number;
  readonly expressionsMs: number;
}

/** Two student numbers that turn out to be, or are declared, one student: `student` becomes `into`. */
export interface Merge {
  readonly student: number;
  readonly into: number;
}

/** What became, at the end of a session, of a number that was in view only briefly: joined, or dropped if null. */
export interface Settlement {
  readonly student: number;
  readonly into: number | null;
}

/**
 * Everything that was read from one frame. Students are numbers, 1 and up, valid within a session.
 *
 * `merges`: found while this frame was analysed, in order. `outOfView`: students whom the call does not show at the
 * moment, without evidence that they left.
 */
export interface FrameResult {
  readonly capturedAtS: number;
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly TileReading[];
  readonly faces: readonly FaceReading[];
  readonly stages: StageTimes;
  readonly merges: readonly Merge[];
  readonly outOfView: readonly number[];
}

/** Where the networks run: 'auto' prefers WebGPU and falls back to WebAssembly. */
export type Accelerator = 'auto' | 'wasm' | 'webgpu';

/** What an engine is made of. Folders are absolute URLs that end with a slash. */
export interface EngineOptions {
  /** Holds face_detection_short_range, face_landmark, selfie_segmentation_landscape and fernet, each `.tflite`. */
  readonly modelFolder: string;
  /** Holds the files of `@litertjs/core/wasm`. */
  readonly runtimeFolder: string;
  /** Whether expressions are read; off where the place rule says so, and everything else works. */
  readonly expressions: boolean;
  /** A live source: no frame may take long. Otherwise (a picture, a video) the first frame is searched as a whole. */
  readonly live: boolean;
  /** Workers beside the calling one that share the work of a frame. */
  readonly helpers: number;
  readonly accelerator: Accelerator;
}

/** Reads frames in order, one at a time. To be made and used inside a worker, as a frame takes a while. */
export interface Engine {
  /** Where the networks run. */
  readonly accelerator: 'wasm' | 'webgpu';
  /** `excluded`: students whose tiles and faces are not read. */
  analyze(frame: Frame, excluded?: ReadonlySet<number>): Promise<FrameResult>;
  /** The part of a later frame in which `follow` searches the newest result's faces; null where it follows none. */
  readonly followRegion: Box | null;
  /** Where the faces of the newest result are in a later frame, in their order. `part`: the pixels of that region. */
  follow(part: Frame, region: Box): Promise<readonly Box[]>;
  /** Applies a merge declared by the teacher, given in current numbers. */
  merge(merge: Merge): void;
  /** At the end of the session: what becomes of the numbers that were in view only briefly, in order. */
  settle(): readonly Settlement[];
  /** Ends the helpers and frees the networks. */
  close(): void;
}
