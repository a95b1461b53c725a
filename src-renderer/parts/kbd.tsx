import { Kbd, Tooltip, type TooltipProps } from '@mantine/core';
import { keyWords } from '../app/keys.ts';
import { useBindings } from '../app/bindings.ts';
import { actionOf, type ActionId } from '../app/actions.ts';
import classes from './kbd.module.css';

/** One key or chord, e.g. `Mod+K`, as the person's keyboard names it. */
export function Keys({ chord }: { chord: string }) {
  return (
    <span className={classes.chord}>
      {keyWords(chord).map((word) => (
        <Kbd key={word} size="xs">
          {word}
        </Kbd>
      ))}
    </span>
  );
}

/** A tooltip with an action's title and the keys it is bound to now. */
export function ActionTip({
  action,
  label,
  children,
  ...rest
}: { action: ActionId; label?: string } & Omit<TooltipProps, 'label'>) {
  const chords = useBindings((state) => state.of(action));
  return (
    <Tooltip
      label={
        <span className={classes.tip}>
          {label ?? actionOf(action).title}
          {chords.slice(0, 1).map((chord) => (
            <Keys key={chord} chord={chord} />
          ))}
        </span>
      }
      {...rest}
    >
      {children}
    </Tooltip>
  );
}
