/** Training steps in tfjs-node as its own layers take them (tf.layers.simpleRNN, lstm, gru); speaks as serve.py does. */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import util from 'node:util';

const say = (answer) => console.log(JSON.stringify(answer));
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const tf = await load();
if (tf) {
  say({ name: 'tfjs-node', version: `${tf.version['tfjs-node'] ?? tf.version.tfjs} (${tf.getBackend()})` });
  let training = null;
  const verbs = {
    open(description) {
      training = open(description);
      return { settings: ['all cores'] };
    },
    use: () => ({}),
    run: (times) => ({ ms: Array.from({ length: times }, () => timed(training)) }),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [[verb, value]] = Object.entries(JSON.parse(line));
    try {
      say({ ...verbs[verb](value), cpuMs: cpuMs() });
    } catch (error) {
      say({ error: error.stack, cpuMs: cpuMs() });
    }
  }
}

async function load() {
  // tfjs-node 4.22 still calls what Node 23 removed.
  util.isNullOrUndefined ??= (value) => value === null || value === undefined;
  util.isArray ??= Array.isArray;
  util.isString ??= (value) => typeof value === 'string';
  util.isFunction ??= (value) => typeof value === 'function';
  try {
    const tf = createRequire(import.meta.url)(process.env.PEER_TFJS ?? '@tensorflow/tfjs-node');
    await tf.ready();
    return tf;
  } catch (error) {
    say({ missing: error.message.split('\n')[0] });
    return null;
  }
}

/** @returns one training step */
function open({ network, batch, time, labels, learningRate }) {
  const cell = { rnn: tf.layers.simpleRNN, lstm: tf.layers.lstm, gru: tf.layers.gru }[network.cell];
  const options = { units: network.hiddenSize, inputShape: [time, network.inputSize], returnSequences: true };
  const model = tf.sequential({
    layers: [
      cell(network.cell === 'rnn' ? options : { ...options, recurrentActivation: 'sigmoid' }),
      tf.layers.globalAveragePooling1d({}),
      tf.layers.dense({ units: network.classes }),
    ],
  });
  const x = tf.randomNormal([batch, time, network.inputSize]);
  const y = tf.oneHot(tf.tensor1d(labels, 'int32'), network.classes).toFloat();
  const optimizer = tf.train.adam(learningRate);
  const weights = model.trainableWeights.map(({ val }) => val);
  return () =>
    tf.tidy(() => {
      const loss = () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }));
      const { value, grads } = tf.variableGrads(loss, weights);
      const norm = tf.sqrt(tf.addN(Object.values(grads).map((gradient) => tf.sum(tf.square(gradient)))));
      const factor = tf.minimum(1, tf.div(1, tf.add(norm, 1e-6)));
      optimizer.applyGradients(
        Object.fromEntries(Object.entries(grads).map(([name, gradient]) => [name, tf.mul(gradient, factor)])),
      );
      return value.dataSync()[0];
    });
}

function timed(work) {
  const began = performance.now();
  work();
  return performance.now() - began;
}
