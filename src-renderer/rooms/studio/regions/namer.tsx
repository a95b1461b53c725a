import { useEffect, useLayoutEffect, useRef, type KeyboardEvent } from 'react';
import type { Region } from '#shared/domain/region.ts';
import { useStudio } from '../state.ts';
import type { OpenSound } from '../view/layers.ts';
import { reveal } from '../view/navigate.ts';
import { useStage } from '../view/stage.ts';
import { secondsToX } from '../view/viewport.ts';
import { describeRegion } from './actions.ts';
import { chooseRegion } from './change.ts';
import { neighbour } from './choose.ts';
import classes from './regions.module.css';

/** The label of a region, typed where it stands: Enter sets it, Tab sets it and goes on to the next one, Esc leaves it. */
export function RegionNamer({ sound, region }: { sound: OpenSound; region: Region }) {
  const stage = useStage();
  const field = useRef<HTMLInputElement>(null);
  const place = useRef(region);
  useLayoutEffect(() => {
    place.current = region;
  });
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  useEffect(
    () =>
      stage.add(() => {
        const input = field.current;
        const lane = input?.parentElement;
        if (!input || !lane) return;
        const view = { ...useStudio.getState().view, width: lane.clientWidth };
        const left = Math.max(0, secondsToX(place.current.start, view));
        const right = Math.min(view.width, secondsToX(place.current.end, view));
        const width = Math.max(90, right - left);
        input.style.left = `${Math.max(0, Math.min(left, view.width - width))}px`;
        input.style.width = `${width}px`;
      }),
    [stage],
  );

  const done = useRef(false);
  const set = () => {
    if (done.current) return;
    done.current = true;
    void describeRegion(sound.clip, region.id, { label: field.current!.value.trim() });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!['Enter', 'Tab', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') done.current = true;
    else set();
    const next = event.key === 'Tab' ? neighbour(sound.clip, event.shiftKey ? -1 : 1) : null;
    if (next) {
      chooseRegion(next);
      reveal(sound, next.start);
    }
    useStudio.setState({ naming: next?.id ?? null });
    if (!next) document.querySelector<HTMLElement>('[data-studio-focus]')?.focus({ preventScroll: true });
  };
  return (
    <input
      ref={field}
      className={classes.namer}
      aria-label="Label of the region"
      defaultValue={region.label}
      maxLength={500}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.stopPropagation()}
      onBlur={() => {
        set();
        useStudio.setState((now) => (now.naming === region.id ? { naming: null } : {}));
      }}
    />
  );
}
