import { VisuallyHidden } from '@mantine/core';
import { Suspense } from 'react';
import { Link, useLocation } from 'wouter';
import { Loading } from '../../parts/loading.tsx';
import { PAGES, pageAt } from './pages.ts';
import classes from './studio.module.css';

/** The room where sound is looked at, edited and labelled: its pages under a row of tabs. */
export default function Studio() {
  const [location] = useLocation();
  const page = pageAt(location);
  return (
    <div className={classes.room}>
      <VisuallyHidden component="h1">Studio: {page.title}</VisuallyHidden>
      <nav className={classes.pages} aria-label="Pages of the studio">
        {PAGES.map(({ id, title, path, icon: Sign }) => (
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
