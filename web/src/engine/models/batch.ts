/**
 * Fixes the number of pictures that a LiteRT model reads in one run. The browser's runtime cannot resize inputs, and
 * rejects the open size (-1) of the shipped expression model; a second file of another size would be downloaded twice.
 *
 * A model file is a FlatBuffer (https://flatbuffers.dev/internals): tables that point at vectors. The field numbers
 * are those of `tensorflow/compiler/mlir/lite/schema/schema.fbs`.
 */

const MODEL_SUBGRAPHS = 2;
const SUBGRAPH_TENSORS = 0;
const TENSOR_SHAPE = 0;
const TENSOR_SHAPE_SIGNATURE = 7;
const OPEN_SIZE = -1;

/** A copy of the model in which every open first dimension has that size. */
export function fixBatch(model: Uint8Array, size: number): Uint8Array {
  const bytes = model.slice();
  const view = new DataView(bytes.buffer);
  for (const subgraph of listTables(view, field(view, follow(view, 0), MODEL_SUBGRAPHS))) {
    for (const tensor of listTables(view, field(view, subgraph, SUBGRAPH_TENSORS))) {
      const signature = field(view, tensor, TENSOR_SHAPE_SIGNATURE);
      const shape = field(view, tensor, TENSOR_SHAPE);
      if (signature === null || shape === null) continue;
      const [first, open] = [firstOf(view, shape), firstOf(view, signature)];
      if (first === null || open === null || view.getInt32(open, true) !== OPEN_SIZE) continue;
      view.setInt32(open, size, true);
      view.setInt32(first, size, true);
    }
  }
  return bytes;
}

/** Where the offset stored at a place leads. */
function follow(view: DataView, place: number): number {
  return place + view.getUint32(place, true);
}

/** Where the value of a table's field lies; null where the table does not have it. */
function field(view: DataView, table: number, number: number): number | null {
  const layout = table - view.getInt32(table, true);
  const entry = 4 + 2 * number;
  const offset = entry < view.getUint16(layout, true) ? view.getUint16(layout + entry, true) : 0;
  return offset === 0 ? null : table + offset;
}

/** The tables of a vector of tables. */
function listTables(view: DataView, place: number | null): number[] {
  if (place === null) return [];
  const vector = follow(view, place);
  return Array.from({ length: view.getUint32(vector, true) }, (_, index) => follow(view, vector + 4 + 4 * index));
}

/** Where the first number of a vector lies; null of an empty one. */
function firstOf(view: DataView, place: number): number | null {
  const vector = follow(view, place);
  return view.getUint32(vector, true) > 0 ? vector + 4 : null;
}
