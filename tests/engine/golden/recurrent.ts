import { errorsOf, recurrentCases as reference, title } from '../golden-recurrent.ts';
import type { GoldenCase } from './case.ts';

export const recurrentCases: GoldenCase[] = reference.cases.map((item) => ({
  group: 'recurrent',
  kind: item.cell,
  title: title(item),
  tolerance: 1e-4,
  errors: () => errorsOf(item),
}));
