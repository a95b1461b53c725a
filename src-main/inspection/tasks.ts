import { attentionOf } from './attention.ts';
import { courseOf } from './course.ts';
import { clipGradients } from './gradients.ts';
import { peaksOf } from './likes/peaks.ts';
import { embed } from './maps/embed.ts';
import { nearestNeighbours } from './maps/neighbours.ts';
import { principalPlane } from './maps/pca.ts';
import { umapPlane } from './maps/umap.ts';
import type { Networks } from './networks.ts';
import { occluded } from './occlusion.ts';
import type { Question, Questions } from './protocol.ts';
import { salientSound } from './resynthesis.ts';
import { saliencyOf } from './saliency.ts';
import { signalsOf } from './signals.ts';
import type { Pause } from './turn.ts';

type Tasks = {
  [Q in Question]: (
    networks: Networks,
    ask: Questions[Q]['ask'],
    pause: Pause,
  ) => Questions[Q]['answer'] | Promise<Questions[Q]['answer']>;
};

/** How each question is answered; what takes its time makes pauses. */
export const TASKS: Tasks = {
  signals: (networks, { network, features, ...place }) => signalsOf(networks.get(network), features, place),
  attention: (networks, { network, features }) => attentionOf(networks.get(network), features),
  course: (networks, { network: file, features, most }, pause) =>
    networks.using(file, (network) => courseOf(network, features, most, pause)),
  saliency: (networks, { network, features, rate, method, target }) =>
    saliencyOf(networks.get(network), features, rate, method, target),
  salient: (networks, { network, features, rate, method, target, share, ...sound }) =>
    salientSound(sound, saliencyOf(networks.get(network), features, rate, method, target), share),
  gradients: (networks, { network, features, label, from }) =>
    clipGradients(networks.get(network), features, label, from),
  occlusion: (networks, { network, features, rate, covers }) => occluded(networks.get(network), features, rate, covers),
  embed: (networks, { network, clips }) => embed(networks.get(network), clips),
  peaks: (networks, { network, clips, ...of }) => peaksOf(networks.get(network), clips, of),
  neighbours: (_, { vectors, width, k }, pause) => nearestNeighbours(vectors, width, k, pause),
  pca: (_, { vectors, width }, pause) => principalPlane(vectors, width, pause),
  umap: (_, { neighbours, start, ...options }, pause) => umapPlane(neighbours, start, options, pause),
};
