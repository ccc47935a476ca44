/** A network, ready to run: numbers in, numbers out. */

/** `run` takes one input of `inputShape` and gives the outputs, the shortest first. Runs do not overlap. */
export interface Network {
  readonly inputShape: readonly number[];
  run(input: Float32Array): Promise<readonly Float32Array[]>;
  close(): void;
}

/**
 * The networks of one worker. `expressions`: by the number of faces in a run, the largest first; none where off.
 * `iris`: null where expressions are off, as nothing is read then from how a face looks.
 */
export interface Networks {
  readonly faceDetection: Network;
  readonly faceLandmark: Network;
  readonly personSegmentation: Network;
  readonly iris: Network | null;
  readonly expressions: readonly Network[];
}

export function closeAll(networks: Networks): void {
  const { faceDetection, faceLandmark, personSegmentation, iris, expressions } = networks;
  for (const network of [faceDetection, faceLandmark, personSegmentation, iris, ...expressions]) network?.close();
}
