/** What one frame shows of a student: a tile with its appearance and position. As `identity/sighting.py`. */
import { centre } from '../geometry';
import type { Picture } from '../image/picture';
import { median } from '../numbers';
import type { Tile } from '../types';
import { describeTile, type Appearance } from './appearance';

/**
 * `position`: of the tile's centre, in tile widths from the gallery's corner. `relativeWidth`: in widths of the median
 * tile.
 */
export interface Sighting {
  readonly tile: Tile;
  readonly appearance: Appearance;
  readonly position: readonly [x: number, y: number];
  readonly relativeWidth: number;
}

/** A sighting of every tile. Positions do not change when the whole window is moved or resized. */
export function observeTiles(image: Picture, tiles: readonly Tile[]): Sighting[] {
  const left = Math.min(...tiles.map((tile) => tile.box.x));
  const top = Math.min(...tiles.map((tile) => tile.box.y));
  const unit = Math.max(1, median(tiles.map((tile) => tile.box.width)));
  return tiles.map((tile) => {
    const [x, y] = centre(tile.box);
    return {
      tile,
      appearance: describeTile(image, tile.box, tile.cameraOn),
      position: [(x - left) / unit, (y - top) / unit],
      relativeWidth: tile.box.width / unit,
    };
  });
}
