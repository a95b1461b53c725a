import type { Facts } from '../facts.ts';
import {
  caveatSentences,
  convergenceSentences,
  errorSentences,
  memorySentences,
  rankingSentences,
} from '../findings.ts';
import type { Block, Section } from '../model.ts';

/** What the figures allow to say, and what they do not. */
export function conclusion(facts: Facts): Section {
  const paragraphs = [
    [...rankingSentences(facts), ...memorySentences(facts)],
    convergenceSentences(facts),
    errorSentences(facts),
  ]
    .filter((sentences) => sentences.length > 0)
    .map((sentences): Block => ({ kind: 'paragraph', text: sentences.join(' ') }));
  const caveats = facts.cells.length > 0 ? caveatSentences(facts) : [];
  return {
    id: 'conclusion',
    title: 'Conclusion',
    blocks: [
      ...paragraphs,
      ...(caveats.length > 0
        ? ([
            { kind: 'paragraph', text: 'To be kept in mind:' },
            { kind: 'list', items: caveats },
          ] satisfies Block[])
        : []),
    ],
  };
}
