import { VisuallyHidden } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import { Suspense, type ComponentType } from 'react';
import { Link, useLocation } from 'wouter';
import { Loading } from './loading.tsx';
import classes from './paged-room.module.css';

/** A page of a room, chosen by a tab at its top. */
export interface Page {
  id: string;
  title: string;
  icon: Icon;
  path: string;
  component: ComponentType;
}

interface Props {
  /** What the room is called. */
  room: string;
  /** In the order of their tabs; the first one answers all addresses that no other does. */
  pages: readonly Page[];
}

/** A room of several pages under a row of tabs. */
export function PagedRoom({ room, pages }: Props) {
  const [location] = useLocation();
  const page = pageAt(pages, location);
  return (
    <div className={classes.room}>
      <VisuallyHidden component="h1">
        {room}: {page.title}
      </VisuallyHidden>
      <nav className={classes.pages} aria-label={`Pages of the room ${room}`}>
        {pages.map(({ id, title, path, icon: Sign }) => (
          <Link key={id} href={path} className={classes.page} aria-current={id === page.id ? 'page' : undefined}>
            <Sign size={15} stroke={1.7} aria-hidden />
            {title}
          </Link>
        ))}
      </nav>
      <div className={classes.body}>
        <Suspense fallback={<Loading />}>
          <page.component />
        </Suspense>
      </div>
    </div>
  );
}

/** The page an address lies in. */
export const pageAt = (pages: readonly Page[], location: string): Page =>
  pages.slice(1).find(({ path }) => location === path || location.startsWith(`${path}/`)) ?? pages[0];
