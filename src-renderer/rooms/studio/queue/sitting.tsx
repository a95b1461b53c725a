import { Badge, Button, Group, Kbd, Text, Textarea } from '@mantine/core';
import { IconChecks, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { QueueQuery, QueueView } from '#shared/domain/queue.ts';
import { CLIP_STATE_NAMES, type LabelSet } from '#shared/domain/region.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { go, paths } from '../../../app/paths.ts';
import { chooseClip, useSelection } from '../../../app/selection.ts';
import { useAction } from '../../../app/use-action.ts';
import { Empty } from '../../../parts/empty.tsx';
import { Failure } from '../../../parts/failure.tsx';
import { percent, plural, splitPath } from '../../../parts/format.ts';
import { ActionTip, Keys } from '../../../parts/kbd.tsx';
import { Loading } from '../../../parts/loading.tsx';
import { player } from '../../../parts/player.ts';
import { Transport } from '../../../parts/sound/transport.tsx';
import { useBindings } from '../../../app/bindings.ts';
import { ClassGrid } from './class-grid.tsx';
import { NewClass } from './new-class.tsx';
import { QueueProgress } from './progress.tsx';
import classes from './queue.module.css';
import { useQueueSettings } from './settings.ts';
import { Stage } from './stage.tsx';
import { useQueue } from './use-queue.ts';

interface Props {
  view: QueueView;
  query: QueueQuery;
  labels: LabelSet;
  /** Asks what is left. */
  onAnew: () => void;
}

/** A queue being worked: the clip big, its classes under the hand, how far one is. */
export function Sitting({ view, query, labels, onAnew }: Props) {
  const queue = useQueue(view, query);
  const { at, clip } = queue;
  const { digitGoesOn } = useQueueSettings();
  const autoplay = useSelection((state) => state.autoplay) ?? true;
  const [naming, setNaming] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const ahead = at < view.clips.length;
  const focus = () => place.current?.focus({ preventScroll: true });
  useEffect(focus, []);
  const id = clip?.clip ?? null;
  useEffect(() => {
    chooseClip(id);
  }, [id]);

  useAction('queue.next', () => queue.finish('done'), ahead);
  useAction('queue.check', () => queue.finish('checked'), ahead);
  useAction('queue.reject', () => queue.finish('rejected'), ahead);
  useAction('queue.skip', () => queue.go(at + 1), ahead);
  useAction('list.next', () => queue.go(at + 1), ahead);
  useAction('queue.back', () => queue.go(at - 1), at > 0);
  useAction('list.previous', () => queue.go(at - 1), at > 0);
  useAction('queue.repeat', () => void player.playFrom(0), ahead);
  useAction('queue.note', () => note.current?.focus(), ahead);
  useAction('player.autoplay', () => useSelection.setState({ autoplay: !autoplay }));
  useAction('edit.undo', queue.undo);

  if (view.clips.length === 0)
    return (
      <Empty icon={IconCircleCheck} title="Nothing to label">
        No clip is {query.states.map((state) => CLIP_STATE_NAMES[state].toLowerCase()).join(' or ')}. Choose other
        states above, or another dataset.
      </Empty>
    );
  return (
    <div ref={place} tabIndex={-1} className={classes.sitting} role="region" aria-label="Queue">
      <QueueProgress queue={queue} dataset={query.dataset} />
      {!ahead ? (
        <End all={view.clips.length} finished={queue.finished.size} onBack={() => queue.go(at - 1)} onAnew={onAnew} />
      ) : queue.error ? (
        <div className={classes.padded}>
          <Failure error={queue.error} title="The clip cannot be shown" />
          <Button mt="sm" variant="default" onClick={() => queue.go(at + 1)}>
            Skip it
          </Button>
        </div>
      ) : !clip ? (
        <Loading label="Fetching the clip" />
      ) : (
        <div className={classes.work}>
          <div className={classes.clip} role="region" aria-label={`Clip ${clip.file}`}>
            <div className={classes.head}>
              <Text className={classes.label} aria-label={`Label: ${clip.label ?? 'none'}`}>
                {clip.label ?? <span className={classes.none}>no label</span>}
              </Text>
              <Badge variant="light" color="gray" data-state={clip.state}>
                {CLIP_STATE_NAMES[clip.state]}
              </Badge>
              {clip.likely && (
                <Text size="sm">
                  likely <b className={classes.likely}>{clip.likely.label}</b> ({percent(clip.likely.probability)})
                </Text>
              )}
              <Text size="sm" c="dimmed" className="hark-ellipsis" title={`${clip.file}\n${view.basis}`}>
                {splitPath(clip.file).name}
              </Text>
            </div>
            <Stage clip={clip} next={queue.next} dataset={query.dataset} autoplay={autoplay} />
            <Group gap="xs" justify="space-between">
              {!clip.missing && (
                <Transport clip={clip.clip} which={{ v: clip.version }} duration={clip.duration} autoplay={autoplay} />
              )}
              <Text size="xs" c="dimmed">
                Order: {view.basis}
              </Text>
            </Group>
            <Textarea
              key={clip.clip}
              ref={note}
              aria-label="Note"
              placeholder="Note (M; Esc goes back to the keys)"
              size="xs"
              autosize
              minRows={1}
              maxRows={4}
              maxLength={10_000}
              defaultValue={clip.note}
              onBlur={(event) => queue.note(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                event.stopPropagation();
                focus();
              }}
            />
          </div>
          <div className={classes.side}>
            <ClassGrid
              names={labels.classes}
              label={clip.label}
              likely={clip.likely?.label ?? null}
              onAssign={(name) => queue.assign(name, digitGoesOn)}
              onNew={() => setNaming(true)}
              onLeave={focus}
            />
            <Steps
              offers={[
                ['queue.next', () => queue.finish('done')],
                ['queue.skip', () => queue.go(at + 1)],
                ['queue.back', () => queue.go(at - 1)],
                ['queue.check', () => queue.finish('checked')],
                ['queue.reject', () => queue.finish('rejected')],
                ['edit.undo', queue.undo],
              ]}
            />
          </div>
        </div>
      )}
      {naming && (
        <NewClass
          known={labels.classes}
          onClose={() => {
            setNaming(false);
            // After the dialog has given the focus back.
            setTimeout(focus);
          }}
          onMake={(name) => queue.assign(name, digitGoesOn)}
        />
      )}
    </div>
  );
}

/** What else can be done with the clip, each with its key. */
function Steps({ offers }: { offers: [ActionId, () => void][] }) {
  const of = useBindings((state) => state.of);
  return (
    <div className={classes.steps} role="group" aria-label="Steps">
      {offers.map(([action, run]) => {
        const { title, icon: Sign } = actionOf(action);
        return (
          <ActionTip key={action} action={action}>
            <Button
              size="compact-sm"
              variant={action === 'queue.next' ? 'filled' : 'default'}
              leftSection={<Sign size={14} aria-hidden />}
              rightSection={of(action)[0] && <Keys chord={of(action)[0]} />}
              onMouseDown={(event) => event.preventDefault()}
              onClick={run}
            >
              {title}
            </Button>
          </ActionTip>
        );
      })}
    </div>
  );
}

interface EndProps {
  all: number;
  finished: number;
  onBack: () => void;
  onAnew: () => void;
}

function End({ all, finished, onBack, onAnew }: EndProps) {
  const left = all - finished;
  return (
    <Empty
      icon={IconChecks}
      title={left === 0 ? `All ${plural(all, 'clip')} are done` : `Through all ${plural(all, 'clip')}`}
      action={
        <Group>
          <Button variant="default" onClick={onBack} rightSection={<Kbd size="xs">Backspace</Kbd>}>
            Back to the last
          </Button>
          {left > 0 && <Button onClick={onAnew}>Go through what is left</Button>}
          {left === 0 && <Button onClick={() => go(paths.studioSuspects)}>Look for suspect labels</Button>}
        </Group>
      }
    >
      {left === 0
        ? 'Every label is kept with who set it and when; each step can still be taken back.'
        : `${plural(finished, 'clip')} finished, ${plural(left, 'clip')} skipped.`}
    </Empty>
  );
}
