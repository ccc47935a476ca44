/** A helper: a classic worker of its own that does jobs for the leader with networks of its own. */
import { loadNetworks } from '../models/litert';
import type { Picture } from '../image/picture';
import { FrameWorker } from './frame_worker';
import type { FromHelper, ToHelper } from './helper_client';

let worker: FrameWorker | null = null;
let image: Picture | null = null;

self.onmessage = ({ data }: MessageEvent<ToHelper>): void => {
  const id = data.type === 'perform' ? data.id : null;
  answer(data).then(send, (error: unknown) => {
    send({ type: 'failed', id, reason: String(error) });
  });
};

async function answer(message: ToHelper): Promise<FromHelper> {
  if (message.type === 'load') {
    worker = new FrameWorker(await loadNetworks(message.source));
    return { type: 'loaded' };
  }
  const spare = message.image ? (image?.data.buffer as ArrayBuffer | undefined) : null;
  image = message.image ?? image;
  if (!worker || !image) throw new Error('a job came before the networks or the frame');
  const answers = await worker.perform(message.kind, image, message.asked);
  return { type: 'answers', id: message.id, answers, spare: spare ?? null };
}

function send(message: FromHelper): void {
  self.postMessage(message, message.type === 'answers' && message.spare ? [message.spare] : []);
}
