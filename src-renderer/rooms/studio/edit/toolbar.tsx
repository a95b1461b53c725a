import { ActionIcon, Button, Menu, Progress, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Fragment, type ReactNode } from 'react';
import type { StudioClip } from '#shared/contract/studio.ts';
import { actionOf, type ActionId } from '../../../app/actions.ts';
import { useBindings } from '../../../app/bindings.ts';
import { useStatus } from '../../../app/status.ts';
import { runAction, useAction } from '../../../app/use-action.ts';
import { NO_FILTER } from '../../../parts/clip-pages.ts';
import { duration } from '../../../parts/format.ts';
import { ActionTip, Keys } from '../../../parts/kbd.tsx';
import { markedClips } from '../../../parts/marks.ts';
import { player } from '../../../parts/player.ts';
import { useStudio } from '../state.ts';
import { openEditMany } from './edit-many.tsx';
import { EditForm } from './edit-form.tsx';
import classes from './edit.module.css';
import { openExportSound } from './export-dialog.tsx';
import { GROUPS, OPERATIONS, whatIsMissing, type Need } from './operations.ts';
import { type Place, placeOf, shapeOfClip } from './place.ts';
import { choose, copy, cut, takeProfile } from './run.ts';
import { SplitForm } from './split-form.tsx';
import { openForm, useEditing, useKept } from './state.ts';
import type { Target } from './target.ts';

/** What is done with a sound besides the edits of the table. */
interface Command {
  action: ActionId;
  need?: Need;
  run(open: StudioClip): void;
}

/** The clips that are marked in the list beside the editor, else all that it shows now. */
function listed(dataset: number): Target {
  const marked = [...markedClips(dataset)];
  if (marked.length > 0) return { clips: marked, dataset, name: 'this dataset that are marked' };
  const search = useStudio.getState().search.trim();
  return search === ''
    ? { clips: null, dataset, name: 'this dataset' }
    : { clips: null, dataset, filter: { ...NO_FILTER, search }, name: `this dataset that match “${search}”` };
}

const COMMANDS: readonly Command[] = [
  { action: 'studio.cut', need: 'span', run: (open) => void cut(open) },
  { action: 'studio.copy', need: 'span', run: (open) => void copy(open) },
  { action: 'studio.takeProfile', need: 'span', run: (open) => void takeProfile(open) },
  { action: 'studio.splitClip', run: () => openForm('studio.splitClip') },
  {
    action: 'studio.exportSound',
    run: ({ clip }) =>
      openExportSound({ clips: [clip.id], dataset: clip.dataset, name: clip.file }, listed(clip.dataset)),
  },
  {
    action: 'studio.editMany',
    run: ({ clip }) => openEditMany(listed(clip.dataset)),
  },
  ...OPERATIONS.map(({ action, need }) => ({ action, need, run: (open: StudioClip) => choose(action, open) })),
];

/** The icons of the bar, in groups; the menu beside them has everything. `extra` ones stand there where there is room. */
const BAR: readonly { actions: readonly ActionId[]; extra?: readonly ActionId[] }[] = [
  { actions: ['studio.cut', 'studio.copy', 'studio.paste', 'studio.delete', 'studio.trim'] },
  { actions: ['studio.silence'], extra: ['studio.insertSilence'] },
  { actions: ['studio.gain', 'studio.normalisePeak', 'studio.fadeIn', 'studio.fadeOut'] },
  { actions: ['studio.attenuateBox', 'studio.filter', 'studio.reduceNoise'] },
  { actions: [], extra: ['studio.reverse', 'studio.stretch', 'studio.shiftPitch'] },
  { actions: ['studio.splitClip', 'studio.exportSound'], extra: ['studio.editMany'] },
];

/** The menu by headings: the table's groups, the commands in their places. */
const MENU: readonly { heading: string; actions: readonly ActionId[] }[] = [
  ...GROUPS.map((heading) => ({
    heading,
    actions: [
      ...(heading === 'Cut, copy, paste' ? (['studio.cut', 'studio.copy'] as const) : []),
      ...(heading === 'Repair' ? (['studio.takeProfile'] as const) : []),
      ...OPERATIONS.filter(({ group }) => group === heading).map(({ action }) => action),
    ],
  })),
  { heading: 'Clips', actions: ['studio.splitClip', 'studio.exportSound', 'studio.editMany'] },
];

const commandOf = new Map(COMMANDS.map((command) => [command.action, command]));

/** The editor's tools over the view: icons, the menu of all operations, and the form of the one that is being set. */
export function EditToolbar({ open }: { open: StudioClip }) {
  const form = useEditing((state) => state.form);
  const selection = useStudio((state) => state.selection);
  const kept = useKept();
  const place = placeOf(shapeOfClip(open), selection, player.time, kept);
  return (
    <div className={classes.tools}>
      {COMMANDS.map((command) => (
        <Offer key={command.action} command={command} open={open} />
      ))}
      <div className={classes.bar} role="toolbar" aria-label="Edit sound">
        <EditMenu place={place} />
        {BAR.map(({ actions, extra = [] }, index) => (
          <Fragment key={index}>
            <span className={classes.gap} data-extra={actions.length === 0 || undefined} />
            {actions.map((action) => (
              <ToolButton key={action} action={action} place={place} />
            ))}
            {extra.map((action) => (
              <ToolButton key={action} action={action} place={place} extra />
            ))}
          </Fragment>
        ))}
        <Running />
      </div>
      {form === 'studio.splitClip' && <SplitForm key={open.clip.id} open={open} />}
      {form !== null && form !== 'studio.splitClip' && <EditForm key={form} action={form} open={open} />}
    </div>
  );
}

function Offer({ command, open }: { command: Command; open: StudioClip }) {
  useAction(command.action, () => command.run(open));
  return null;
}

function ToolButton({ action, place, extra }: { action: ActionId; place: Place; extra?: boolean }) {
  const { icon: Sign, title } = actionOf(action);
  const missing = whatIsMissing(commandOf.get(action)?.need, place);
  const pressed = useEditing(({ form }) => form === action);
  return (
    <ActionTip action={action} label={missing === null ? title : `${title}. ${missing}`}>
      <ActionIcon
        aria-label={title}
        // Stays in reach of the keyboard, so that it can say what is missing.
        aria-disabled={missing !== null}
        size={26}
        data-extra={extra || undefined}
        data-off={missing !== null || undefined}
        data-pressed={pressed || undefined}
        className={classes.tool}
        onClick={() => runAction(action)}
      >
        <Sign size={17} stroke={1.6} />
      </ActionIcon>
    </ActionTip>
  );
}

function EditMenu({ place }: { place: Place }) {
  return (
    <Menu position="bottom-start" width={300}>
      <Menu.Target>
        <Button variant="default" size="compact-sm" rightSection={<IconChevronDown size={14} aria-hidden />}>
          Edit sound
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {MENU.map(({ heading, actions }, index) => (
          <Fragment key={heading}>
            {index > 0 && <Menu.Divider />}
            <Menu.Label>{heading}</Menu.Label>
            {actions.map((action) => (
              <MenuLine key={action} action={action} place={place} />
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function MenuLine({ action, place }: { action: ActionId; place: Place }) {
  const { icon: Sign, title } = actionOf(action);
  const [chord] = useBindings((state) => state.of(action));
  const hasForm = OPERATIONS.some((one) => one.action === action && one.fields.length > 0);
  const section: ReactNode = chord && <Keys chord={chord} />;
  return (
    <Menu.Item
      leftSection={<Sign size={16} stroke={1.6} aria-hidden />}
      rightSection={section}
      disabled={whatIsMissing(commandOf.get(action)?.need, place) !== null}
      onClick={() => runAction(action)}
    >
      {title}
      {hasForm && '…'}
    </Menu.Item>
  );
}

/** What is being done to the sound: how far, how long still, and Stop. */
function Running() {
  const running = useEditing((state) => state.running);
  const job = useStatus(({ status }) => status?.jobs.find(({ kind, state }) => kind === 'edit' && state === 'running'));
  if (!running) return null;
  return (
    <div className={classes.running} role="status">
      <Text size="xs" className="hark-ellipsis" title={running.title}>
        {running.title}
      </Text>
      <Progress w={90} value={job?.total ? (100 * job.done) / job.total : 100} animated aria-label={running.title} />
      {job && job.secondsLeft !== null && (
        <Text size="xs" c="dimmed">
          {duration(job.secondsLeft)} left
        </Text>
      )}
      <Button variant="default" size="compact-xs" onClick={running.stop}>
        Stop
      </Button>
    </div>
  );
}
