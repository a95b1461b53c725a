import { createModel, writeWeights } from '#main/models/model.ts';
import { readTrained, type TrainedDescription } from '#main/models/trained.ts';
import type { Model } from '#main/models/types.ts';

/** A trained network, ready to be asked. */
export interface Network {
  model: Model;
  description: TrainedDescription;
}

/** RNN, LSTM, GRU and a DNN side by side, twice. */
const MOST = 8;

/** Networks by their files, of which the last few asked for are kept. The engine must have been started. */
export class Networks {
  readonly #open = new Map<string, Network>();
  /** Questions that pause while they use it. */
  readonly #users = new Map<Network, number>();

  /** @throws HarkError as `readTrained` and `writeWeights` */
  get(file: string): Network {
    const known = this.#open.get(file);
    // A file of weights is written once, when its run ends: the same name is the same network.
    const network = known ?? openNetwork(file);
    this.#open.delete(file);
    this.#open.set(file, network);
    this.#dropOldest(network);
    return network;
  }

  /** As `get`, for what makes pauses: the network is kept until `act` is done with it. */
  async using<Made>(file: string, act: (network: Network) => Promise<Made>): Promise<Made> {
    const network = this.get(file);
    this.#users.set(network, (this.#users.get(network) ?? 0) + 1);
    try {
      return await act(network);
    } finally {
      const others = this.#users.get(network)! - 1;
      if (others > 0) this.#users.set(network, others);
      else this.#users.delete(network);
    }
  }

  #dropOldest(but: Network): void {
    for (const [file, network] of this.#open) {
      if (this.#open.size <= MOST) return;
      if (network === but || this.#users.has(network)) continue;
      network.model.dispose();
      this.#open.delete(file);
    }
  }
}

function openNetwork(file: string): Network {
  const { description, weights } = readTrained(file);
  const { inputSize, classes, training } = description;
  const model = createModel(description.model, { inputSize, classes: classes.length }, training.seed);
  try {
    writeWeights(model, weights);
  } catch (error) {
    model.dispose();
    throw error;
  }
  return { model, description };
}
