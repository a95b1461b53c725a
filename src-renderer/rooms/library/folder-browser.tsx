import { Button, Group, Loader, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconFileSpreadsheet, IconFolder } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { api } from '../../client/client.ts';
import { Failure } from '../../parts/failure.tsx';
import classes from './folder-browser.module.css';

interface Props {
  /** The folder (or manifest) in sight; null: where the lab begins. */
  path: string | null;
  onPath: (path: string) => void;
  /** Whether manifests may be chosen as well as folders. */
  manifests?: boolean;
}

/** The folders of the machine the lab runs on: by typing, by places, by arrow keys (Enter opens, Backspace goes up). */
export function FolderBrowser({ path, onPath, manifests }: Props) {
  // A manifest is a file: its folder stays in sight.
  const folder =
    path !== null && /\.csv$/i.test(path)
      ? path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))) || '/'
      : path;
  const listing = useQuery({
    ...api.files.list.queryOptions({ input: { path: folder } }),
    placeholderData: (before) => before,
    staleTime: 0,
  });
  const [typed, setTyped] = useState(path ?? '');
  const list = useRef<HTMLDivElement>(null);
  const shown = listing.data;
  // What is being typed outlasts the first listing, which may come late.
  const typing = useRef(false);
  const gone = useRef(false);
  const goTo = (to: string) => {
    gone.current = true;
    typing.current = false;
    onPath(to);
  };

  // As in an address bar: what stands there by itself gives way to what is typed.
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (!typing.current && document.activeElement === field.current) field.current?.select();
  }, [typed]);
  useEffect(() => {
    if (!typing.current) setTyped(path ?? shown?.path ?? '');
  }, [path, shown?.path]);
  useEffect(() => {
    // The first listing says where the lab begins; whoever has gone somewhere meanwhile stays there.
    if (path === null && shown && !gone.current) onPath(shown.path);
  }, [path, shown, onPath]);

  const entries = shown?.entries.filter((entry) => entry.folder || manifests) ?? [];
  const up = () => shown?.parent && goTo(shown.parent);
  const onKey = (event: KeyboardEvent) => {
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const moves: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
    if (event.key === 'Backspace') up();
    else if (event.key in moves) buttons[Math.max(0, Math.min(moves[event.key], buttons.length - 1))]?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.browser}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim()) goTo(typed.trim());
        }}
      >
        <Group gap={6} wrap="nowrap">
          <Button
            variant="default"
            aria-label="Folder above"
            title="Folder above (Backspace in the list)"
            disabled={!shown?.parent}
            onClick={up}
            px={8}
          >
            <IconArrowUp size={15} aria-hidden />
          </Button>
          <TextInput
            ref={field}
            flex={1}
            aria-label="Path"
            placeholder="/home/me/recordings"
            value={typed}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              typing.current = true;
              setTyped(event.currentTarget.value);
            }}
            rightSection={listing.isFetching ? <Loader size={12} /> : null}
            data-autofocus
            spellCheck={false}
          />
          <Button type="submit" variant="default" disabled={!typed.trim() || typed === path}>
            Go
          </Button>
        </Group>
      </form>
      <div className={classes.panes}>
        <nav aria-label="Places" className={classes.places}>
          {shown?.places.map((place) => (
            <UnstyledButton
              key={place.path}
              className={classes.entry}
              data-chosen={place.path === shown.path || undefined}
              title={place.path}
              onClick={() => goTo(place.path)}
            >
              <span className="hark-ellipsis">{place.name}</span>
            </UnstyledButton>
          ))}
        </nav>
        <div ref={list} role="group" className={classes.entries} onKeyDown={onKey} aria-label="Folders here">
          {listing.error ? (
            <Failure error={listing.error} title="This folder cannot be shown" onRetry={() => void listing.refetch()} />
          ) : (
            <>
              {entries.map((entry) => (
                <UnstyledButton
                  key={entry.path}
                  className={classes.entry}
                  data-chosen={entry.path === path || undefined}
                  title={entry.name}
                  onClick={() => goTo(entry.path)}
                >
                  {entry.folder ? <IconFolder size={16} aria-hidden /> : <IconFileSpreadsheet size={16} aria-hidden />}
                  <span className="hark-ellipsis">{entry.name}</span>
                </UnstyledButton>
              ))}
              {shown && entries.length === 0 && (
                <Text size="sm" c="dimmed" p="sm">
                  No folders in here. The folder itself can be chosen.
                </Text>
              )}
            </>
          )}
        </div>
      </div>
    </div>
  );
}
