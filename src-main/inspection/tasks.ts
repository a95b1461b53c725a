import { attentionOf } from './attention.ts';
import { courseOf } from './course.ts';
import { clipGradients } from './gradients.ts';
import type { Networks } from './networks.ts';
import { occluded } from './occlusion.ts';
import type { Question, Questions } from './protocol.ts';
import { salientSound } from './resynthesis.ts';
import { saliencyOf } from './saliency.ts';
import { signalsOf } from './signals.ts';

type Tasks = { [Q in Question]: (networks: Networks, ask: Questions[Q]['ask']) => Questions[Q]['answer'] };

/** How each question is answered. */
export const TASKS: Tasks = {
  signals: (networks, { network, features, ...place }) => signalsOf(networks.get(network), features, place),
  attention: (networks, { network, features }) => attentionOf(networks.get(network), features),
  course: (networks, { network, features, most }) => courseOf(networks.get(network), features, most),
  saliency: (networks, { network, features, rate, method, target }) =>
    saliencyOf(networks.get(network), features, rate, method, target),
  salient: (networks, { network, features, rate, method, target, share, ...sound }) =>
    salientSound(sound, saliencyOf(networks.get(network), features, rate, method, target), share),
  gradients: (networks, { network, features, label, from }) =>
    clipGradients(networks.get(network), features, label, from),
  occlusion: (networks, { network, features, rate, covers }) => occluded(networks.get(network), features, rate, covers),
};
