/**
 * Detects faces: inside tiles, and by a survey of what no tile covers, whose faces are then followed. As
 * `faces/detector.py`.
 */
import type { Picture } from '../image/picture';
import { at } from '../numbers';
import type { Box, FaceDetection, Tile } from '../types';
import type { WorkerPool } from '../workers/pool';
import type { RawFace } from './blazeface';
import { findLoneFaces, isAsExpected, planPairs, VainSearches } from './pairs';
import { SecondLook } from './second_look';
import { FollowedWindows, findSettledTiles, Survey } from './survey';
import { selectCandidates, selectFaces } from './untiled';
import { Verifier } from './verification';

/** Remembers which faces it has verified, and where untiled faces were. */
export class FaceDetector {
  readonly #pool: WorkerPool;
  readonly #verifier: Verifier;
  readonly #vain = new VainSearches();
  readonly #survey: Survey;
  readonly #followed = new FollowedWindows();
  readonly #secondLook: SecondLook;

  /** `isLive`: no frame may take seconds, so untiled faces are found within some seconds. */
  constructor(pool: WorkerPool, isLive: boolean) {
    this.#pool = pool;
    this.#verifier = new Verifier(pool, isLive);
    this.#survey = new Survey(isLive);
    this.#secondLook = new SecondLook(pool, isLive);
  }

  /**
   * Verified faces, in the tiles' order, then those that lie in no tile. No face of a skipped tile is returned.
   * `carried`: faces of tiles that are not looked at in this frame.
   */
  async detect(
    image: Picture,
    tiles: readonly Tile[],
    skip: ReadonlySet<number>,
    carried: readonly FaceDetection[],
  ): Promise<FaceDetection[]> {
    const known = new Set(carried.flatMap(({ tile }) => (tile === null ? [] : [tile])));
    const inTiles = [...(await this.#findTiledFaces(image, tiles, new Set([...skip, ...known]))), ...carried];
    const untiled = await this.#findUntiledFaces(image, tiles, skip, inTiles);
    this.#verifier.endFrame();
    const place = (face: FaceDetection): number => face.tile ?? tiles.length;
    return [...inTiles, ...untiled].sort((one, other) => place(one) - place(other));
  }

  /** Faces in tiles where `detect` found none, but a person is. `heads`: where the head must be, by tile. */
  lookAgain(
    image: Picture,
    tiles: readonly Tile[],
    heads: ReadonlyMap<number, Box>,
    capturedAtS: number,
  ): Promise<FaceDetection[]> {
    return this.#secondLook.find(image, tiles, heads, capturedAtS);
  }

  async #findTiledFaces(image: Picture, tiles: readonly Tile[], skip: ReadonlySet<number>): Promise<FaceDetection[]> {
    this.#vain.startFrame(tiles.map((tile) => tile.box));
    const searched = tiles.map((_, index) => index).filter((index) => !skip.has(index));
    const found = await this.#searchTiles(
      image,
      searched.map((index) => at(tiles, index).box),
    );
    const detections = searched.flatMap((tile, place) => at(found, place).map((face) => ({ face, tile })));
    return this.#verifier.verify(image, detections);
  }

  /** Verified faces that the search of each tile as a whole did not find; followed from now on. */
  async #findUntiledFaces(
    image: Picture,
    tiles: readonly Tile[],
    skip: ReadonlySet<number>,
    inTiles: readonly FaceDetection[],
  ): Promise<FaceDetection[]> {
    const done = new Set([...skip, ...findSettledTiles(tiles, inTiles, image.width * image.height)]);
    const windows = [...this.#followed.boxes, ...this.#survey.nextWindows(image, tiles, done)];
    const detections = (await this.#pool.map('find', image, windows)).flat();
    const known = inTiles.map((face) => face.box);
    const verified = await this.#verifier.verify(image, selectCandidates(detections, tiles, skip, known));
    const untiled = selectFaces(image, verified, new Set(inTiles.map((face) => face.tile)));
    this.#followed.update(untiled, image);
    return untiled;
  }

  /**
   * What each tile shows. Two whose only face is known, or two without a face, are searched in one run of the network.
   */
  async #searchTiles(image: Picture, tiles: readonly Box[]): Promise<RawFace[][]> {
    const lone = findLoneFaces(tiles, this.#verifier.knownFaces);
    const rejected = findLoneFaces(tiles, this.#verifier.rejected);
    const faceless = new Set([...rejected.keys(), ...this.#vain.find(tiles)].filter((index) => !lone.has(index)));
    const expected = new Map([...rejected, ...lone]);
    const pairs = [
      ...planPairs(tiles, [...lone.keys()]),
      ...planPairs(
        tiles,
        [...faceless].sort((one, other) => one - other),
      ),
    ];
    const inPairs = await this.#pool.map(
      'pair',
      image,
      pairs.map(([one, other]) => [at(tiles, one), at(tiles, other)] as const),
    );
    const found = new Map<number, RawFace[]>();
    pairs.forEach((pair, place) => {
      pair.forEach((index, side) => {
        const faces = at(at(inPairs, place), side);
        if (isAsExpected(expected.get(index), faces)) found.set(index, faces);
      });
    });
    const others = tiles.map((_, index) => index).filter((index) => !found.has(index));
    const alone = await this.#pool.map(
      'find',
      image,
      others.map((index) => at(tiles, index)),
    );
    others.forEach((index, place) => found.set(index, at(alone, place)));
    const faces = tiles.map((_, index) => found.get(index) ?? []);
    this.#vain.note(tiles, faces);
    return faces;
  }
}
