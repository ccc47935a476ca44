/** Does jobs on a frame with one set of networks. As `FaceWorker` and `_PeopleWorker` of the desktop. */
import { clipped, rounded } from '../geometry';
import { BlazeFace, placeFace, type RawFace } from '../faces/blazeface';
import { EyeCheck } from '../faces/eyes';
import { searchHead } from '../faces/head_search';
import { measureTurn } from '../faces/head_pose';
import { isCoarse, MIN_PRESENCE, PresenceCheck } from '../faces/presence';
import { isFaceCovered } from '../faces/readability';
import { ExpressionReader } from '../expression/reader';
import { crop, cut, shorterSide, type Picture } from '../image/picture';
import type { Networks } from '../models/network';
import { PersonSegmenter } from '../people/segmentation';
import { describePerson, findPicture, NOBODY, type PersonSighting } from '../people/sighting';
import type { Box } from '../types';
import type { Answer, Ask, FaceCheck, Kind } from './jobs';
import type { Performer } from './pool';

/** Smaller faces, and windows, are dropped. */
const MIN_FACE_PX = 16;

type Work = { [K in Kind]: (image: Picture, ask: Ask<K>) => Promise<Answer<K>> };

export class FrameWorker implements Performer {
  readonly #detector: BlazeFace;
  readonly #presence: PresenceCheck;
  readonly #eyes: EyeCheck | null;
  readonly #segmenter: PersonSegmenter;
  readonly #expressions: ExpressionReader;

  constructor(networks: Networks) {
    this.#detector = new BlazeFace(networks.faceDetection);
    this.#presence = new PresenceCheck(networks.faceLandmark);
    this.#eyes = networks.iris && new EyeCheck(networks.iris);
    this.#segmenter = new PersonSegmenter(networks.personSegmentation);
    this.#expressions = new ExpressionReader(networks.expressions);
  }

  /** The answers to all asked, in their order. */
  async perform<K extends Kind>(kind: K, image: Picture, asked: readonly Ask<K>[]): Promise<Answer<K>[]> {
    if (kind === 'read') {
      return await this.#expressions.read(image, asked as Ask<'read'>[]);
    }
    const answers: Answer<K>[] = [];
    for (const ask of asked) answers.push(await this.#work[kind](image, ask));
    return answers;
  }

  readonly #work: Work = {
    find: (image, window) => this.#find(image, window),
    pair: (image, windows) => this.#findPair(image, windows),
    check: (image, face) => this.#check(image, face),
    probe: (image, box) => this.#probe(image, box),
    look: (image, search) => searchHead(image, search, this.#detector, (face) => this.#check(image, face)),
    read: async (image, keypointsPx) => (await this.#expressions.read(image, [keypointsPx]))[0] as Float32Array,
    person: (image, tile) => this.#lookForPerson(image, tile),
  };

  async #find(image: Picture, window: Box): Promise<RawFace[]> {
    const { patch, left, top } = cut(image, window);
    if (shorterSide(patch) < MIN_FACE_PX) return [];
    return keepLarge(await this.#detector.find(patch), left, top);
  }

  async #findPair(image: Picture, windows: readonly [Box, Box]): Promise<[RawFace[], RawFace[]]> {
    const [one, other] = [cut(image, windows[0]), cut(image, windows[1])];
    if (Math.min(shorterSide(one.patch), shorterSide(other.patch)) < MIN_FACE_PX) return [[], []];
    const [inOne, inOther] = await this.#detector.findPair(one.patch, other.patch);
    return [keepLarge(inOne, one.left, one.top), keepLarge(inOther, other.left, other.top)];
  }

  async #check(image: Picture, face: RawFace): Promise<FaceCheck> {
    const mesh = await this.#presence.measure(image, face);
    const isCovered = isFaceCovered(image, face);
    const { presence } = mesh;
    if (!this.#eyes || presence < MIN_PRESENCE || isCoarse(face.box)) return { presence, cues: null, isCovered };
    const cues = { ...measureTurn(mesh.points), eyeOpening: await this.#eyes.measure(image, mesh) };
    return { presence, cues, isCovered };
  }

  async #probe(image: Picture, box: Box): Promise<boolean> {
    const { patch } = cut(image, box);
    for (const face of await this.#detector.find(patch)) {
      if ((await this.#presence.measure(patch, face)).presence >= MIN_PRESENCE) return true;
    }
    return false;
  }

  async #lookForPerson(image: Picture, tile: Box): Promise<PersonSighting> {
    const picture = findPicture(image, tile);
    const place = rounded(clipped(picture, image.width, image.height));
    const patch = crop(image, place.x, place.y, place.width, place.height);
    if (shorterSide(patch) < 2) return NOBODY;
    return describePerson(image, tile, picture, await this.#segmenter.segment(patch));
  }
}

/** Faces of a patch in pixels of the image, without those that are too small. */
function keepLarge(faces: readonly RawFace[], left: number, top: number): RawFace[] {
  return faces
    .filter(({ box }) => Math.min(box.width, box.height) >= MIN_FACE_PX)
    .map((face) => placeFace(face, left, top));
}
