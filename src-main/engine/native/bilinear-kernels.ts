import * as tf from '@tensorflow/tfjs-core';
import { registerKernel, type Kernel } from './register.ts';
import { runAll } from './run.ts';

export function registerBilinearKernels(): void {
  registerKernel('HarkBilinearJoin', join);
  registerKernel('HarkBilinearJoinGradient', joinGradient);
  tf.registerGradient({
    kernelName: 'HarkBilinearJoin',
    inputsToSave: ['t', 'x'],
    gradFunc: (dy, [t, x]) => {
      const [dT, dX] = runAll('HarkBilinearJoinGradient', { dy: dy as tf.Tensor, t, x });
      return { t: () => dT, x: () => dX, bias: () => tf.sum(dy as tf.Tensor, 0) };
    },
  });
}

/** y [batch, outs] = sum of t [batch, outs, size] * x [batch, size] over the last axis, and bias [outs]. */
export function nativeJoin(t: tf.Tensor, x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel('HarkBilinearJoin', { t, x, bias });
}

const join: Kernel = ({ t, x, bias }, _, backend) => {
  const [batch, outs, size] = t.shape;
  const { info, values } = backend.output([batch, outs]);
  backend.addon.bilinearJoin(batch, outs, size, backend.values(t), backend.values(x), backend.values(bias), values);
  return info;
};

const joinGradient: Kernel = ({ dy, t, x }, _, backend) => {
  const [batch, outs, size] = t.shape;
  const [dT, dX] = [t, x].map(({ shape }) => backend.output(shape));
  const inputs = [backend.values(t), backend.values(x), backend.values(dy)] as const;
  backend.addon.bilinearJoinGradient(batch, outs, size, ...inputs, dT.values, dX.values);
  return [dT.info, dX.info];
};
