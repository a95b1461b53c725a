import type { ComparisonSpec } from '#shared/domain/comparison.ts';
import { featureSize } from '#shared/domain/feature-spec.ts';
import { CELL_NAMES } from '#shared/domain/model-spec.ts';
import type { Facts } from '../facts.ts';
import type { Block, Section } from '../model.ts';
import { count, list, number, plural, some } from '../words.ts';

const POOLING = {
  last: 'the last output of each clip',
  mean: 'the mean of the outputs over the clip’s own frames',
  max: 'the maximum of the outputs over the clip’s own frames',
  attention: 'a mean of the outputs over the clip’s own frames, weighed by additive attention that is learnt,',
};

/** What the networks are made of. */
export function models(facts: Facts): Section {
  const { comparison } = facts.source;
  const blocks: Block[] = [{ kind: 'paragraph', text: architecture(comparison.spec, comparison.classes.length) }];
  const first = comparison.spec.cells.flatMap((cell) => comparison.runs.find((run) => run.cell === cell) ?? []);
  if (first.length > 0)
    blocks.push({
      kind: 'table',
      caption: 'The networks; parameters counted as PyTorch counts them',
      columns: [
        { name: 'Cell' },
        { name: 'Units', numeric: true },
        { name: 'Layers', numeric: true },
        { name: 'Directions', numeric: true },
        { name: 'Parameters', numeric: true },
      ],
      rowCells: first.map((run) => run.cell),
      rows: first.map(({ cell, model, parameters }) => [
        CELL_NAMES[cell],
        count(model.hiddenSize),
        count(model.numLayers),
        model.bidirectional && cell !== 'dnn' ? '2' : '1',
        count(parameters),
      ]),
    });
  return { id: 'models', title: 'Models', blocks };
}

function architecture({ model, cells, match, features }: ComparisonSpec, classes: number): string {
  const recurrent = cells.filter((cell) => cell !== 'dnn');
  const dropout = [
    ...(model.inputDropout > 0 ? [`${number(100 * model.inputDropout)}\u00a0% of the input`] : []),
    ...(model.dropout > 0 ? [`${number(100 * model.dropout)}\u00a0% between layers and before the head`] : []),
    ...(recurrent.length > 0 && model.recurrentDropout > 0
      ? [
          `${number(100 * model.recurrentDropout)}\u00a0% of the recurrent state, the same values at all frames of a clip`,
        ]
      : []),
  ];
  const sentences: string[] = [];
  if (recurrent.length > 0)
    sentences.push(
      `${recurrent.length === 1 ? 'The' : 'Each'} recurrent network reads ${plural(featureSize(features), 'value')} a frame with ${some(model.numLayers, 'recurrent layer')}${model.bidirectional ? ', in both directions' : ''}.`,
    );
  if (recurrent.length > 0 && model.initialState === 'learnt')
    sentences.push('The states that the recurrent layers begin a clip with are learnt.');
  if (recurrent.length > 0 && model.layerNorm)
    sentences.push(
      `Layer normalisation is applied inside of the recurrent cells, to what the frame and the state before it give to the gates${recurrent.includes('lstm') ? ' and to the LSTM’s cell state on its way to the output' : ''}.`,
    );
  if (cells.includes('dnn'))
    sentences.push(
      `The DNN has ${some(model.numLayers, 'frame-wise ReLU layer')} and no memory${model.context > 0 ? `; its first layer sees each frame with ${plural(model.context, 'frame')} before and as many behind it` : ''}.`,
    );
  if (model.residual && model.numLayers > 1)
    sentences.push('From the second layer on, the input of a layer is added to its output.');
  sentences.push(`A linear layer turns ${POOLING[model.pooling]} into ${plural(classes, 'score')}, one a class.`);
  if (dropout.length > 0) sentences.push(`Dropout in training: ${list(dropout)}.`);
  if (cells.length > 1)
    sentences.push(
      match === 'units'
        ? 'All networks have the same number of units, so their numbers of parameters differ.'
        : 'Units are chosen so that all networks have about the same number of parameters.',
    );
  return sentences.join(' ');
}
