import { describe, expect, it, test } from 'vitest';
import { describeSchedule, ScheduleSpec, SCHEDULES } from '#shared/domain/schedule-spec.ts';
import { TrainingSpec } from '#shared/domain/training-spec.ts';

describe('reads', () => {
  it('specs stored before schedules had parameters', () => {
    const stored = { version: 1, epochs: 3, batchSize: 8, learningRate: 0.01, seed: 4 };
    expect(TrainingSpec.parse({ ...stored, schedule: 'constant' })).toMatchObject({
      schedule: { kind: 'constant' },
      warmup: { epochs: 0 },
      truncation: null,
    });
    expect(TrainingSpec.parse({ ...stored, schedule: 'cosine' }).schedule).toEqual({ kind: 'cosine', etaMin: 0 });
    expect(TrainingSpec.parse(stored).schedule).toEqual({ kind: 'cosine', etaMin: 0 });
  });

  it.each(SCHEDULES)('%s by its name, and again what it wrote', (kind) => {
    const spec = ScheduleSpec.parse(kind);
    expect(spec.kind).toBe(kind);
    expect(ScheduleSpec.parse(JSON.parse(JSON.stringify(spec)))).toEqual(spec);
  });

  it.each([
    ['sine', 'schedule.kind'],
    [{ kind: 'step', stepSize: 0 }, 'schedule.stepSize'],
    [{ kind: 'exponential', gamma: 1.5 }, 'schedule.gamma'],
    [{ kind: 'plateau', factor: 1 }, 'schedule.factor'],
    [{ kind: 'constant', gamma: 1 }, 'schedule'],
  ])('%j is refused at the field', (schedule, where) => {
    const parsed = TrainingSpec.safeParse({ schedule });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual([where]);
  });
});

test('in words', () => {
  const words = (schedule: unknown, warmup = {}) => {
    const training = TrainingSpec.parse({ schedule, warmup });
    return describeSchedule(training.schedule, training.warmup);
  };
  expect(words('constant')).toBe('throughout');
  expect(words('cosine')).toBe('falling to 0 along half a cosine');
  expect(words('exponential')).toBe('times 0.9 every epoch');
  expect(words({ kind: 'step', stepSize: 1, gamma: 0.5 })).toBe('times 0.5 every epoch');
  expect(words('step', { epochs: 1 })).toBe(
    'times 0.1 every 10 epochs, after a linear warm-up from 0.1 of it over 1 epoch',
  );
  expect(words('plateau')).toBe('times 0.1 after every 11 epochs without a better validation loss');
  const { schedule, warmup } = TrainingSpec.parse({ schedule: { kind: 'plateau', patience: 0, minLr: 1e-5 } });
  expect(describeSchedule(schedule, warmup, false)).toBe(
    'times 0.1 (at least 0.00001) after every epoch without a better training loss',
  );
});
