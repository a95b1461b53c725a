import { Button } from '@mantine/core';
import { IconCheck, IconPlayerPlay, IconWaveSawTool, IconX } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { TestedClip } from '#shared/contract/inspect.ts';
import type { ClipDetail } from '#shared/domain/clip.ts';
import { paths } from '../../../app/paths.ts';
import { duration, percent, splitPath } from '../../../parts/format.ts';
import { LabelEditor } from '../../../parts/label-editor.tsx';
import { player } from '../../../parts/player.ts';
import { CellName } from '../../../parts/results/cell-mark.tsx';
import type { InsideNetwork } from './use-networks.ts';
import classes from '../inspect.module.css';

interface Props {
  clip: ClipDetail;
  /** Label it was tested against. */
  truth: string;
  /** What the networks said of it when they were tested. */
  said: TestedClip | null;
  networks: readonly InsideNetwork[];
  /** Of the comparison, in the order of the outputs. */
  names: readonly string[];
}

/** Which clip it is, what the networks in sight answer, and from when on. */
export function ClipHead({ clip, truth, said, networks, names }: Props) {
  const { folder, name } = splitPath(clip.file);
  return (
    <header className={classes.bar}>
      <LabelEditor key={clip.id} clip={clip.id} dataset={clip.dataset} label={clip.label} />
      <span className="hark-ellipsis" title={clip.path}>
        <span className={classes.dim}>{folder}</span>
        {name}
      </span>
      {clip.label !== truth && <span className={classes.dim}>tested as {truth}</span>}
      <Button
        component={Link}
        href={paths.studioClip(clip.id)}
        variant="subtle"
        size="compact-xs"
        leftSection={<IconWaveSawTool size={12} aria-hidden />}
      >
        Edit in the Studio
      </Button>
      <div className={classes.said}>
        {networks.map((network) => (
          <Opinion
            key={network.run.id}
            {...{ network, truth, names, clip }}
            before={said?.said.find(({ run }) => run === network.run.id)?.predicted}
          />
        ))}
      </div>
    </header>
  );
}

interface OpinionProps {
  network: InsideNetwork;
  truth: string;
  names: readonly string[];
  clip: Pick<ClipDetail, 'id' | 'duration' | 'version'>;
  /** What it answered when it was tested, if that is known. */
  before?: string | undefined;
}

/** What a network answers, how surely, and from when on. */
export function Opinion({ network, truth, names, clip, before }: OpinionProps) {
  const { run, course, decision } = network;
  if (!course || !decision)
    return (
      <span className={classes.opinion}>
        <CellName cell={run.cell} />
      </span>
    );
  const answer = names[decision.answer];
  const right = answer === truth;
  const Sign = right ? IconCheck : IconX;
  return (
    <span className={classes.opinion}>
      <CellName cell={run.cell} />
      <Sign size={14} className={right ? classes.right : classes.wrong} aria-label={right ? 'right' : 'wrong'} />
      <b className={right ? classes.right : classes.wrong}>{answer}</b>
      {percent(course.probabilities[decision.answer].at(-1)!)}
      <span className={classes.dim}>
        from {duration(decision.seconds)} on
        {before !== undefined && before !== answer && `, ${before} when it was tested`}
      </span>
      <Button
        variant="subtle"
        size="compact-xs"
        leftSection={<IconPlayerPlay size={12} aria-hidden />}
        title={`Plays what it had heard when it made up its mind: the first ${duration(decision.seconds)}`}
        aria-label={`Play to there, where the ${run.cell.toUpperCase()} made up its mind`}
        onClick={() => {
          if (player.useStore.getState().clip !== clip.id) player.load(clip.id, clip.duration, { v: clip.version });
          player.playPart({ start: 0, end: Math.max(decision.seconds, 0.02) });
        }}
      >
        Play to there
      </Button>
    </span>
  );
}
